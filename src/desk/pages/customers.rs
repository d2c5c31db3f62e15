//! What customers say: take in a table, what of it cannot be read, the ranking and the chart.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde_json::{Value as Json, json};

use super::Trouble;
use super::customer_rows::asked;
use super::results::reported;
use crate::book::id::suggest;
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::server::DeskState;
use crate::diag::Diagnostic;
use crate::document::DocumentKind;
use crate::edit::FileEdit;
use crate::feedback::{FOLDER, Feedback, table_of_workbook};
use crate::forms::decode;
use crate::forms::table::{TableRow, table};
use crate::language::Interface;
use crate::message::Message;
use crate::project::Project;
use crate::say;
use crate::source::{MAX_FILE_BYTES, Overlay, Sources, Span, World, unportable};
use crate::text::line_of;

/// So many faults are shown; who has more mends these first.
const MAX_SHOWN: usize = 200;

/// What a table is called while it is tried: after all others.
const TRIED: &str = "feedback/\u{10fffd}.csv";

/// The page.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    shown(inside, ask, &opened, None)
}

/// What became of the rows of a table, in the order in which it is told: the name in an address, and how many.
const ROWS: [&str; 4] = ["new", "same", "again", "unread"];

/// One sentence of what was new, what was there already and what cannot be counted; none where there is nothing of it.
fn told_rows(key: &str, rows: [usize; 4], words: &Interface) -> Option<String> {
    let parts = ROWS.into_iter().zip(rows).filter(|(_, n)| *n > 0);
    let part =
        |(name, n): (&str, usize)| words.fill(&format!("desk.table.rows.{name}"), &[("n", &words.number(n as f64))]);
    let parts: Vec<String> = parts.map(part).collect();
    (!parts.is_empty()).then(|| words.fill(key, &[("rows", &parts.join(", "))]))
}

/// What was done last, as the address says that a form leads on to.
fn done_last(ask: &Ask) -> Option<String> {
    let words = ask.interface;
    match ask.query.get("row") {
        Some("mended") => return Some(words.text("desk.row.is-mended").to_owned()),
        Some("out") => return Some(words.text("desk.row.is-out").to_owned()),
        _ => {}
    }
    let rows = ROWS.map(|name| ask.query.get(name).and_then(|n| n.parse().ok()).unwrap_or(0));
    told_rows("desk.table.taken", rows, words)
}

/// The same; first a row that is asked about once more, with what is said of it.
pub(super) fn shown(
    inside: &DeskState,
    ask: &Ask,
    opened: &Opened,
    again: Option<(Json, String)>,
) -> Result<Answer, Trouble> {
    let mut view = reported(ask, opened, DocumentKind::Feedback, &["site", "lang"]);
    let read = &opened.records.feedback;
    let sources = &opened.project.loaded.sources;
    view["faults"] = json!(faults(read.findings.iter(), sources, ask.interface));
    view["more"] = json!(read.findings.len().saturating_sub(MAX_SHOWN));
    view["left_out"] = json!((read.left_out > 0).then(|| ask.interface.count("desk.table.left-out", read.left_out)));
    let (mut rows, more) = asked(opened, ask.interface);
    if let Some((row, message)) = again {
        rows.retain(|other| other["from"] != row["from"]);
        rows.insert(0, row);
        view["message"] = json!(message);
    }
    view["rows"] = json!(rows);
    view["done"] = json!(done_last(ask));
    view["rows_more"] = json!((more > 0).then(|| ask.interface.count("desk.row.more", more)));
    Ok(super::page(inside, ask, opened, "customers", &view))
}

/// What cannot be read, each at its place.
fn faults<'a>(findings: impl Iterator<Item = &'a Diagnostic>, sources: &Sources, words: &Interface) -> Vec<Json> {
    findings.take(MAX_SHOWN).map(|finding| super::told(finding, sources, words)).collect()
}

/// `POST /customers`: a table, which is taken in unless `try=yes` only asks what would be read of it.
pub(super) fn take_in(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let is_trial = ask.query.get("try") == Some("yes");
    if ask.body.is_empty() {
        return Err(say!("the table is empty").into());
    }
    let given = ask.query.get("file").unwrap_or_default();
    if is_trial {
        let opened = inside.shelf.book()?;
        let (_, answer) = judged(&opened, ask, given, inside)?;
        return Ok(answer);
    }
    let (lock, opened) = inside.shelf.book_to_write()?;
    let (change, answer) = judged(&opened, ask, given, inside)?;
    inside.write(&lock, ask, &[change])?;
    Ok(answer.status(axum::http::StatusCode::CREATED))
}

/// The file that a table becomes, and what can be read of it.
fn judged(opened: &Opened, ask: &Ask, given: &str, inside: &DeskState) -> Result<(FileEdit, Answer), Trouble> {
    let project = &opened.project;
    let words = ask.interface;
    let path = free_path(project, given, &inside.shelf.today().to_string());
    let is_cut = ask.query.get("rows") == Some("good");
    let book = &project.loaded.book;
    let is_polish = book.languages.iter().any(|language| language.primary() == "pl");
    let (text, unseen) = match ask.body.starts_with(b"PK") {
        true => table_of_workbook(&ask.body)?,
        false => (decode(&ask.body, is_polish), Vec::new()),
    };
    let unseen: Vec<String> = unseen.iter().map(|message| words.say(message)).collect();
    // In one encoding it may be longer than in another.
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(say!("it is larger than {most} MiB", most = MAX_FILE_BYTES / 1024 / 1024).into());
    }
    let Trial { taken, left_out, mut rows, findings, sources, copies } = tried(opened, &text);
    let mut shown = faults(findings.iter(), &sources, words);
    for fault in &mut shown {
        // It has its own name only once it is taken in.
        let place = fault["place"].as_str().map(|place| place.replacen(TRIED, &path, 1));
        fault["place"] = json!(place);
    }
    // Who takes in the rows that count takes none in twice, unless that is meant.
    let are_copies_meant = ask.query.get("copies") == Some("yes");
    let said_of_copies: Vec<String> =
        copies.iter().map(|(other, rows)| words.say(&copied(other, rows.len()))).collect();
    let copies_there: usize = copies.values().map(Vec::len).sum();
    let copied_rows = if are_copies_meant { 0 } else { copies_there };
    if !are_copies_meant {
        rows.extend(copies.into_values().flatten());
    }
    // What is there already and known for the same is not counted anyway.
    let known = findings.iter().map(known_rows).sum::<usize>().min(left_out);
    let counts = [taken - copies_there, copied_rows + known, copies_there - copied_rows, left_out - known];
    let good = without(&text, &rows);
    let can_be_cut =
        left_out + copied_rows > 0 && taken > copied_rows && tried(opened, &good.text).is_whole(taken - copied_rows);
    let lines = good.lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let good_rows_said = can_be_cut.then(|| words.fill("desk.table.lines", &[("lines", &lines)]));
    if taken == 0 {
        // What stands in another table already comes before a cell that cannot be read.
        let is_of_other = |finding: &&Diagnostic| finding.message.hole("other").is_some();
        let first = findings.iter().find(is_of_other).or(findings.first()).map(|finding| finding.message.clone());
        let nothing = match known {
            0 => say!("nothing of this table can be counted, so nothing was written"),
            _ => say!("nothing in this table is new, so nothing was written"),
        };
        let spoken = |message: &Message| words.say(message);
        let error = std::iter::once(&nothing).chain(&first).map(spoken).collect::<Vec<_>>().join(": ");
        return Err(Trouble::Told(json!({"error": error, "faults": shown})));
    }
    if is_cut && !can_be_cut {
        return Err(say!("the rows that cannot be counted cannot be taken out here, so nothing was written").into());
    }
    if !said_of_copies.is_empty() && !are_copies_meant && !is_cut && ask.query.get("try") != Some("yes") {
        let again = say!("nothing was written; take it in once more if they are to be counted again");
        let error = said_of_copies.iter().cloned().chain([words.say(&again)]).collect::<Vec<_>>().join("; ");
        return Err(Trouble::Told(
            json!({"error": error, "copies": said_of_copies, "faults": shown, "good_rows_said": good_rows_said}),
        ));
    }
    let summary = told_rows("desk.table.looked", counts, words);
    let next = ROWS.iter().zip(counts).map(|(name, n)| format!("{name}={n}")).collect::<Vec<_>>().join("&");
    let answer = Answer::json(
        200,
        &json!({
            "path": path, "said": summary, "next": format!("/customers?{next}"), "read": taken, "left_out": left_out,
            "hidden": unseen, "copies": said_of_copies, "faults": shown, "more": findings.len().saturating_sub(MAX_SHOWN), "lines_left_out": good.lines,
            "good_rows_said": good_rows_said,
        }),
    );
    let after = if is_cut { good.text } else { text };
    Ok((FileEdit { path, before: None, after }, answer))
}

/// How many rows a finding says to be known already, from this table or another one.
fn known_rows(finding: &Diagnostic) -> usize {
    let (other, number) = (finding.message.hole("other"), finding.message.hole("number"));
    let rows = finding.message.hole("n").and_then(|n| n.parse::<f64>().ok());
    match (other, rows) {
        (Some(_), Some(rows)) => rows as usize,
        _ => usize::from(number.is_some()),
    }
}

/// What would come of a table.
struct Trial {
    /// How many of its responses would be counted.
    taken: usize,
    /// How many rows of all tables would be left out because of it.
    left_out: usize,
    /// Where those stand that are its own.
    rows: Vec<Range<usize>>,
    /// What there is to say because of it.
    findings: Vec<Diagnostic>,
    sources: Sources,
    /// Where those of its rows stand that would be counted though another table has them too, by that table.
    copies: BTreeMap<String, Vec<Range<usize>>>,
}

impl Trial {
    /// Whether all of its rows would be counted, and so many.
    fn is_whole(&self, taken: usize) -> bool {
        self.taken == taken && self.left_out == 0
    }
}

/// Reads what customers said with another table, which comes last: of what two tables say the earlier one has it.
fn tried(opened: &Opened, text: &str) -> Trial {
    let before = &opened.records.feedback;
    let (read, sources) = with(&opened.project, TRIED, text);
    let is_of_file = |span: Span| sources.get(span.file).path == TRIED;
    let own = read.rows_left_out.iter().filter(|row| is_of_file(**row));
    let rows: Vec<Range<usize>> = own.map(|row| row.start as usize..row.end as usize).collect();
    let copies = copies(&sources, &rows);
    let findings = read.findings.into_iter().filter(|finding| is_of_file(finding.span)).collect();
    let taken = read.responses.len().saturating_sub(before.responses.len());
    Trial { taken, left_out: read.left_out.saturating_sub(before.left_out), rows, findings, sources, copies }
}

/// The rows of the table that is tried which stand in another one too, each with the same heads, and are not left out anyway.
/// Customers may say the same twice, so they are counted; but whoever takes in a growing export does not mean that.
fn copies(sources: &Sources, left_out: &[Range<usize>]) -> BTreeMap<String, Vec<Range<usize>>> {
    let rows = |text: &str| -> Vec<(String, Range<usize>)> {
        let read = table(text);
        let Some((head, rows)) = read.rows.split_first() else { return Vec::new() };
        let head = head.cells.join("\u{1f}");
        let row = |row: &TableRow| (format!("{head}\u{1e}{}", row.cells.join("\u{1f}")), row.range.clone());
        rows.iter().map(row).collect()
    };
    let mut known: HashMap<String, &str> = HashMap::new();
    let (tried, others): (Vec<_>, Vec<_>) = sources.iter().map(|(_, source)| source).partition(|one| one.path == TRIED);
    for other in others {
        for (row, _) in rows(&other.text) {
            known.entry(row).or_insert(&other.path);
        }
    }
    let mut copies: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for (row, range) in tried.iter().flat_map(|source| rows(&source.text)) {
        let is_counted = left_out.iter().all(|left_out| left_out.start != range.start);
        if let Some(other) = known.get(&row).filter(|_| is_counted) {
            copies.entry((*other).to_owned()).or_default().push(range);
        }
    }
    copies
}

/// What is said of them.
fn copied(other: &str, rows: usize) -> Message {
    say!(
        rows;
        "1 of these rows also stands in `{other}`, and would be counted twice",
        "{n} of these rows also stand in `{other}`, and would be counted twice",
        other
    )
}

/// A table without some of its rows.
pub(super) struct CutTable {
    pub text: String,
    /// The lines that those began in.
    lines: Vec<usize>,
}

/// A table without the lines that these rows stand in.
pub(super) fn without(text: &str, rows: &[Range<usize>]) -> CutTable {
    let mut rows: Vec<&Range<usize>> = rows.iter().collect();
    rows.sort_by_key(|row| row.start);
    let (mut cut, mut lines, mut done) = (String::new(), Vec::new(), 0);
    for row in rows {
        let start = text.get(..row.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1).max(done);
        let from = row.end.max(start + 1).saturating_sub(1);
        let end = text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| from + end + 1);
        cut.push_str(text.get(done..start).unwrap_or_default());
        lines.push(line_of(text, start));
        done = end;
    }
    cut.push_str(text.get(done..).unwrap_or_default());
    CutTable { text: cut, lines }
}

/// What customers said, with another table.
pub(super) fn with(project: &Project, path: &str, text: &str) -> (Feedback, Sources) {
    let mut world = Overlay::new(&project.world);
    world.set(path, text);
    let mut sources = Sources::default();
    let read = crate::feedback::load(&world, &mut sources, &project.loaded.book);
    (read, sources)
}

/// The path of a table by the name that it came with: its words, as ids have them, and a number where there is such a file.
fn free_path(project: &Project, given: &str, day: &str) -> String {
    let (stem, ending) = given.rsplit_once('.').unwrap_or((given, ""));
    let ending = match ending.to_lowercase().as_str() {
        "tsv" => "tsv",
        "txt" => "txt",
        _ => "csv",
    };
    let name = suggest(stem).filter(|name| unportable(name).is_none()).unwrap_or_else(|| format!("customers-{day}"));
    let is_there = |path: &String| project.world.bytes(path).is_ok();
    let numbered = (2..).map(|number| format!("{FOLDER}/{name}-{number}.{ending}"));
    let mut paths = std::iter::once(format!("{FOLDER}/{name}.{ending}")).chain(numbered);
    paths.find(|path| !is_there(path)).unwrap_or_default()
}
