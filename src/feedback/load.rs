//! Reading all tables at once, each row on its own: a bad one is told and left out, the others count.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::cells::{self, BookNames, FeedbackColumn, NamesOfKind};
use super::twice::{Counted, RowIdentity, is_number};
use super::{FOLDER, Feedback, Response, ResponseKind};
use crate::book::draft_values::no_such_day;
use crate::book::{Book, blemish_findings, odd_help, refusal_finding};
use crate::diag::{Code, Diagnostic, Severity};
use crate::forms::table::{self, TableRow};
use crate::forms::{decode, short};
use crate::message::Message;
use crate::say;
use crate::source::{FileId, Source, Sources, Span, World};
use crate::text::{DayOrder, FIRST_YEAR, NoDay, day_order, nearest, odd_character, written_day};

/// Endings of tables.
const TABLES: [&str; 3] = ["csv", "tsv", "txt"];

/// Endings of files that say something about the tables to people.
const PROSE: [&str; 1] = ["md"];

/// Reads every table in `feedback/`. The files become sources.
pub fn load(world: &dyn World, sources: &mut Sources, book: &Book) -> Feedback {
    let [low, high] = book.feedback_scale;
    let mut feedback = Feedback { lowest: low, middle: low + (high - low) / 2.0, ..Feedback::default() };
    let reader = Reader { book, names: BookNames::of(book), today: world.today(), scale: book.feedback_scale };
    // What decides between two encodings where the letters do not.
    let polish = book.languages.iter().any(|language| language.primary() == "pl");
    let mut files: Vec<FileId> = Vec::new();
    for item in world.list(FOLDER, &[""]) {
        let ending = item.as_ref().unwrap_or_else(|(path, _)| path);
        let ending = ending.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        let is_table = TABLES.contains(&ending.as_str());
        let read = item.and_then(|path| match world.bytes(&path) {
            _ if !is_table => Ok((path, Vec::new())),
            Ok(bytes) => Ok((path, bytes)),
            Err(refusal) => Err((path, refusal)),
        });
        match read {
            Ok((path, bytes)) if is_table => files.push(sources.add(Source::new(path, decode(&bytes, polish)))),
            Ok(_) if PROSE.contains(&ending.as_str()) => {}
            Ok((path, _)) => {
                let file = sources.add(Source::new(path, ""));
                let message = say!("this file is no table that is read here, so what it says is not counted");
                let help = say!("save it as CSV in `feedback/`, or move it to another folder");
                feedback.findings.push(Diagnostic::new(Code::BadFeedback, Span::new(file, 0, 0), message).help(help));
            }
            Err((path, refusal)) => {
                let file = sources.add(Source::refused(path, &refusal));
                feedback.findings.push(refusal_finding(file, &refusal));
            }
        }
    }
    let texts: &Sources = sources;
    let tables: Vec<Table> = files.par_iter().map(|file| reader.table(*file, &texts.get(*file).text)).collect();
    let mut counted = Counted::default();
    for (file, table) in files.iter().zip(tables) {
        let source = texts.get(*file);
        let (firsts, findings) = counted.firsts(&source.path, &source.text, &table.marks);
        let repeated = table.marks.iter().zip(&firsts).filter(|(_, is_first)| !**is_first).map(|(mark, _)| mark.span);
        feedback.rows_left_out.extend(table.rows_left_out.iter().copied().chain(repeated));
        feedback.left_out += table.left_out + firsts.iter().filter(|is_first| !**is_first).count();
        let responses = table.responses.into_iter().zip(firsts).filter(|(_, is_first)| *is_first);
        feedback.responses.extend(responses.map(|(response, _)| response));
        feedback.findings.extend(table.findings.into_iter().chain(findings));
    }
    feedback
}

/// What is wrong with a table by itself, whatever other tables say.
#[cfg(feature = "desk")]
pub(crate) fn faults(book: &Book, today: NaiveDate, text: &str) -> Vec<Diagnostic> {
    let reader = Reader { book, names: BookNames::of(book), today, scale: book.feedback_scale };
    reader.table(FileId::default(), text).findings
}

/// What came of one file.
#[derive(Default)]
struct Table {
    responses: Vec<Response>,
    /// By what each response is known again.
    marks: Vec<RowIdentity>,
    left_out: usize,
    rows_left_out: Vec<Span>,
    findings: Vec<Diagnostic>,
}

impl Table {
    fn leave_out(&mut self, row: Span) {
        self.left_out += 1;
        self.rows_left_out.push(row);
    }
}

struct Reader<'a> {
    book: &'a Book,
    names: BookNames,
    today: NaiveDate,
    scale: [f64; 2],
}

/// Where the columns of a table stand.
type Columns = HashMap<FeedbackColumn, usize>;

/// Why a row does not count: the rule, what is wrong, how to mend it.
type Fault = (Code, Message, Option<Message>);

/// The same with the column of the cell that is wrong.
type CellFault = (FeedbackColumn, Fault);

/// What tells a row from others: its number, and its cells. A row that only somebody in particular can have written
/// (`is_of_somebody`) is the same wherever it stands.
fn mark(head: &TableRow, row: &TableRow, is_of_somebody: bool, span: Span) -> RowIdentity {
    let number = head.cells.iter().position(|heading| is_number(heading));
    let plain = row.cells.join("\u{1f}");
    RowIdentity {
        number: number.and_then(|number| row.cells.get(number)).filter(|cell| !cell.is_empty()).cloned(),
        row: is_of_somebody.then(|| format!("{}\u{1e}{plain}", head.cells.join("\u{1f}"))),
        plain,
        span,
    }
}

/// The finding on a cell of a column without a heading.
fn unread(row: &TableRow, column: usize, span: Span) -> Diagnostic {
    let shown = row.cells.get(column).map_or("", String::as_str);
    let message = say!("a column without a heading holds `{shown}`, and is not read", shown);
    let help = say!("give the column a heading that says what it holds, such as `site`, or empty its cells");
    Diagnostic::new(Code::BadFeedback, span, message).help(help).at_most(Severity::Warning)
}

/// A finding that so many rows share.
fn in_rows(finding: Diagnostic, rows: usize) -> Diagnostic {
    let message = match rows {
        1 => finding.message,
        _ => say!(rows; "{message}, in 1 row", "{message}, in {n} rows", message = finding.message),
    };
    Diagnostic { message, ..finding }
}

impl Reader<'_> {
    fn table(&self, file: FileId, text: &str) -> Table {
        let mut table = Table { findings: blemish_findings(file, text), ..Table::default() };
        let read = table::table(text);
        for fault in &read.faults {
            let span = Span::new(file, fault.range.start, fault.range.end);
            table.leave_out(span);
            let finding = Diagnostic::new(Code::BadFeedback, span, fault.message.clone());
            table.findings.push(finding.help(fault.help.clone()));
        }
        let cell_span = |row: &TableRow, index: usize| {
            let range = read.cell(text, row, index);
            Span::new(file, range.start, range.end)
        };
        let Some((head, rows)) = read.rows.split_first() else { return table };
        let span = |row: &TableRow| Span::new(file, row.range.start, row.range.end);
        let (columns, strange) = match columns(head, span(head), self.scale) {
            Ok(columns) => columns,
            Err(findings) => {
                table.left_out += rows.len();
                table.findings.extend(findings);
                return table;
            }
        };
        table.findings.extend(strange);
        table.findings.extend(nameless(head, rows).map(|(row, index)| unread(row, index, cell_span(row, index))));
        let cell = |row: &TableRow, column: FeedbackColumn| -> String {
            columns.get(&column).and_then(|number| row.cells.get(*number)).cloned().unwrap_or_default()
        };
        let days = rows.iter().map(|row| written_day(day_of(&cell(row, FeedbackColumn::Date))));
        let order = day_order(days).or(self.usual_order());
        let mut counted: Vec<(Diagnostic, usize)> = Vec::new();
        let mut causes: HashMap<(Code, String), usize> = HashMap::new();
        let is_conflict = table.findings.iter().any(|finding| finding.code == Code::MergeConflict);
        for row in rows {
            // What a merge left between the rows is told as that.
            if is_conflict && is_mark(text.get(row.range.clone()).unwrap_or_default()) {
                continue;
            }
            if row.cells.len() > head.cells.len() {
                table.leave_out(span(row));
                table.findings.push(too_many(row, head, span(row)));
                continue;
            }
            match self.response(&|column| cell(row, column), order) {
                Ok(response) => {
                    table.responses.push(response);
                    let is_of_somebody = !cell(row, FeedbackColumn::Comment).is_empty()
                        || cell(row, FeedbackColumn::Date).matches(':').count() > 1;
                    table.marks.push(mark(head, row, is_of_somebody, span(row)));
                }
                Err(faults) => {
                    table.leave_out(span(row));
                    for (column, (code, message, help)) in faults {
                        let place = columns.get(&column).copied();
                        let message = match place.and_then(|place| head.cells.get(place)) {
                            Some(heading) => {
                                say!("in the column `{heading}`: {message}", heading = short(heading), message)
                            }
                            None => message,
                        };
                        // What is wrong in a hundred rows for one cause is one finding.
                        let known = causes.get(&(code, message.to_string()));
                        match known.and_then(|index| counted.get_mut(*index)) {
                            Some((_, rows)) => *rows += 1,
                            None => {
                                causes.insert((code, message.to_string()), counted.len());
                                let span = place.map_or_else(|| span(row), |place| cell_span(row, place));
                                counted.push((Diagnostic::new(code, span, message).maybe_help(help), 1));
                            }
                        }
                    }
                }
            }
        }
        table.findings.extend(counted.into_iter().map(|(finding, rows)| in_rows(finding, rows)));
        table
    }

    /// In which order the book's languages write the day and the month between strokes: in English it may be either.
    fn usual_order(&self) -> Option<DayOrder> {
        let is_english = self.book.languages.iter().any(|language| language.primary() == "en");
        (!is_english).then_some(DayOrder::DayFirst)
    }

    fn response(
        &self,
        cell: &dyn Fn(FeedbackColumn) -> String,
        order: Option<DayOrder>,
    ) -> Result<Response, Vec<CellFault>> {
        use FeedbackColumn as Column;
        let mut faults: Vec<CellFault> = Vec::new();
        let mut keep = |column: FeedbackColumn, result: Result<(), Fault>| {
            faults.extend(result.err().map(|fault| (column, fault)));
        };
        let mut date = NaiveDate::default();
        keep(Column::Date, self.date(&cell(Column::Date), order).map(|read| date = read));
        let (mut site, mut area, mut sequence, mut phase) = (None, None, None, None);
        let names = &self.names;
        let no_site = |name: &str| say!("the book has no site `{name}`", name);
        keep(Column::Site, find(&names.sites, &cell(Column::Site), Code::UnknownSite, no_site).map(|id| site = id));
        let no_area = |name: &str| say!("the book has no service area `{name}`", name);
        keep(Column::Area, find(&names.areas, &cell(Column::Area), Code::BadFeedback, no_area).map(|id| area = id));
        let no_sequence = |name: &str| say!("the book has no sequence `{name}`", name);
        keep(
            Column::Sequence,
            find(&names.sequences, &cell(Column::Sequence), Code::UnknownSequence, no_sequence)
                .map(|index| sequence = index),
        );
        let no_phase = |name: &str| say!("the book has no phase `{name}`", name);
        keep(
            Column::Phase,
            find(&names.phases, &cell(Column::Phase), Code::UnknownPhase, no_phase).map(|indices| phase = indices),
        );
        let (mut rating, mut importance, mut kind) = (None, None, None);
        keep(Column::Rating, self.rating(&cell(Column::Rating)).map(|read| rating = read));
        keep(Column::Importance, self.rating(&cell(Column::Importance)).map(|read| importance = read));
        keep(Column::Kind, read_kind(&cell(Column::Kind)).map(|read| kind = read));
        keep(
            if phase.is_some() { Column::Phase } else { Column::Sequence },
            self.agree(area.as_ref(), sequence, phase),
        );
        if !faults.is_empty() {
            return Err(faults);
        }
        let sequence = sequence.or(phase.map(|(sequence, _)| sequence));
        let of_sequence =
            sequence.and_then(|number| self.book.sequences.get(number)).and_then(|sequence| sequence.area.clone());
        let phase = phase.map(|(_, phase)| phase);
        Ok(Response { date, site, area: area.or(of_sequence), sequence, phase, rating, importance, kind })
    }

    fn date(&self, cell: &str, order: Option<DayOrder>) -> Result<NaiveDate, Fault> {
        let form = || say!("write year-month-day, such as 2026-01-31");
        let help = || Some(no_such_day(cell).unwrap_or_else(form));
        if cell.is_empty() {
            return Err((Code::BadDate, say!("the row has no date"), help()));
        }
        match written_day(day_of(cell)).day(order) {
            Err(NoDay::NoDate) => Err((Code::BadDate, say!("`{cell}` is not a date", cell), help())),
            Err(NoDay::Either(first, second)) => {
                let (first, second) = (first.to_string(), second.to_string());
                Err((
                    Code::BadDate,
                    say!("`{cell}` may be {one} or {other}", cell, one = first, other = second),
                    help(),
                ))
            }
            Ok(day) if day > self.today => {
                let today = self.today.to_string();
                let message = say!("`{cell}` is after today, {today}", cell, today);
                Err((Code::BadDate, message, None))
            }
            Ok(day) if day.year() < FIRST_YEAR => {
                let message =
                    say!("`{cell}` is before {year}: is the year right?", cell, year = FIRST_YEAR.to_string());
                Err((Code::BadDate, message, help()))
            }
            Ok(day) => Ok(day),
        }
    }

    fn rating(&self, cell: &str) -> Result<Option<f64>, Fault> {
        if cell.is_empty() {
            return Ok(None);
        }
        let [low, high] = self.scale;
        let Some(value) = cells::number(cell, high) else {
            let message = say!("`{cell}` is not a number", cell);
            let help = say!("write a number from {low} to {high}, or leave the cell empty", low, high);
            return Err((Code::BadFeedback, message, Some(help)));
        };
        if value < low || value > high {
            let message = say!("{value} is not on the scale from {low} to {high}", value, low, high);
            let help = say!(
                "correct it; if the survey has another scale, say so in gamma-ok.yaml: `feedback: {scale: [1, 10]}`"
            );
            return Err((Code::BadFeedback, message, Some(help)));
        }
        Ok(Some(value))
    }

    /// Area, sequence and phase of a row must be of one another.
    fn agree(
        &self,
        area: Option<&String>,
        sequence: Option<usize>,
        phase: Option<(usize, usize)>,
    ) -> Result<(), Fault> {
        let home = |number: usize| self.book.sequences.get(number);
        if let (Some(given), Some((of_phase, number))) = (sequence, phase)
            && given != of_phase
            && let (Some(given), Some(own)) = (home(given), home(of_phase))
            && let Some(phase) = own.phases.get(number)
        {
            let (phase, given) = (phase.id.name.as_str(), given.id.name.as_str());
            let message = say!("the phase `{phase}` is not one of the sequence `{given}`", phase, given);
            let help = say!("it is one of `{own}`", own = own.id.name.as_str());
            return Err((Code::BadFeedback, message, Some(help)));
        }
        let of_sequence = sequence.or(phase.map(|(sequence, _)| sequence)).and_then(home);
        if let (Some(given), Some(sequence)) = (area, of_sequence)
            && let Some(own) = sequence.area.as_ref().filter(|own| self.names.areas.find(own).as_ref() != Some(given))
        {
            let sequence = sequence.id.name.as_str();
            let message = say!("the sequence `{sequence}` is not in the area `{given}`", sequence, given);
            return Err((Code::BadFeedback, message, Some(say!("it is in `{own}`", own))));
        }
        Ok(())
    }
}

/// The columns that something stands in without a heading, each by the first row that has something there.
fn nameless<'t>(head: &'t TableRow, rows: &'t [TableRow]) -> impl Iterator<Item = (&'t TableRow, usize)> {
    let nameless = head.cells.iter().enumerate().filter(|(_, heading)| heading.trim().is_empty());
    let is_filled = |row: &&TableRow, index: usize| row.cells.get(index).is_some_and(|cell| !cell.trim().is_empty());
    nameless.filter_map(move |(index, _)| Some((rows.iter().find(|row| is_filled(row, index))?, index)))
}

/// The day in a cell: a time of day after it does not matter.
fn day_of(cell: &str) -> &str {
    cell.trim().split([' ', 'T', '\u{a0}']).next().unwrap_or_default()
}

/// Where the columns stand, and headings that look like another; or what the heading lacks.
fn columns(head: &TableRow, span: Span, [low, high]: [f64; 2]) -> Result<(Columns, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut columns = Columns::new();
    let mut findings = Vec::new();
    let bad = |message: Message, help: Message| Diagnostic::new(Code::BadFeedback, span, message).help(help);
    for (index, heading) in head.cells.iter().enumerate() {
        let Some(column) = FeedbackColumn::of(heading) else { continue };
        if columns.insert(column, index).is_some() {
            let word = column.word();
            let message = say!("two columns say `{word}`: `{heading}` is the second", word, heading);
            findings.push(bad(message, say!("remove one of them, or call it something else")));
        }
        let is_rated = matches!(column, FeedbackColumn::Rating | FeedbackColumn::Importance);
        if let Some([from, to]) = cells::scale_of(heading).filter(|scale| is_rated && *scale != [low, high]) {
            let message = say!(
                "`{heading}` is on a scale from {from} to {to}, and the book's is from {low} to {high}",
                heading,
                from,
                to,
                low,
                high
            );
            let help =
                say!("say in gamma-ok.yaml which it is, as in `feedback: {scale: [1, 10]}`, or convert the table");
            findings.push(bad(message, help));
        }
    }
    let strange = head.cells.iter().filter_map(|heading| {
        let meant = FeedbackColumn::meant(heading).filter(|meant| {
            *meant != FeedbackColumn::Date && FeedbackColumn::of(heading).is_none() && !columns.contains_key(meant)
        })?;
        let message =
            say!("`{heading}` looks like the column `{word}`, and is not read as it", heading, word = meant.word());
        let help = odd_help(heading, [meant.word()]);
        Some(bad(
            message,
            help.unwrap_or_else(|| {
                say!("call it `{word}`, or something that does not look like it", word = meant.word())
            }),
        ))
    });
    let mut strange: Vec<Diagnostic> = strange.collect();
    if strange.is_empty()
        && !columns.contains_key(&FeedbackColumn::Rating)
        && !columns.contains_key(&FeedbackColumn::Kind)
    {
        let unread: Vec<String> = head
            .cells
            .iter()
            .filter(|heading| !heading.is_empty() && FeedbackColumn::of(heading).is_none())
            .map(|heading| format!("`{heading}`"))
            .collect();
        let message =
            say!("no column of this table is read as a rating or a kind of feedback, so it changes no figure");
        let help = match unread.is_empty() {
            true => say!("add a column `rating` or `kind`"),
            false => say!("call the column of the ratings `rating`; not read: {words}", words = unread.join(", ")),
        };
        strange.push(bad(message, help));
    }
    if !columns.contains_key(&FeedbackColumn::Date) {
        let help = say!(
            "the first row names the columns: `date`, and any of `site`, `area`, `sequence`, `phase`, `rating`, `importance`, `kind`, `channel`, `comment`"
        );
        let meant = head.cells.iter().find(|heading| FeedbackColumn::meant(heading) == Some(FeedbackColumn::Date));
        let meant =
            meant.map(|heading| say!("did `{heading}` mean `{near}`?", heading, near = FeedbackColumn::Date.word()));
        findings.push(bad(say!("this table has no column `date`"), meant.unwrap_or(help)));
    }
    if findings.is_empty() { Ok((columns, strange)) } else { Err(findings) }
}

/// Whether a row is a line that git puts around the versions of a merge.
fn is_mark(row: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| row.starts_with(mark))
}

fn too_many(row: &TableRow, head: &TableRow, span: Span) -> Diagnostic {
    let (cells, columns) = (row.cells.len(), head.cells.len());
    let message = say!("this row has {cells} cells and the first row {columns}", cells, columns);
    let help = say!("put a text that holds the separator in quotation marks");
    Diagnostic::new(Code::BadFeedback, span, message).help(help)
}

fn find<T: Clone + PartialEq>(
    names: &NamesOfKind<T>,
    cell: &str,
    code: Code,
    message: impl Fn(&str) -> Message,
) -> Result<Option<T>, Fault> {
    if cell.is_empty() {
        return Ok(None);
    }
    match names.find(cell) {
        Some(value) => Ok(Some(value)),
        None => {
            let help = match nearest(cell, names.ids()) {
                _ if odd_character(cell).is_some() => odd_help(cell, names.ids()),
                Some(near) => Some(say!("did you mean `{near}`?", near)),
                None => {
                    let known = names.ids().take(20).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                    Some(known).filter(|known| !known.is_empty()).map(|words| say!("known: {words}", words))
                }
            };
            Err((code, message(cell), help))
        }
    }
}

fn read_kind(cell: &str) -> Result<Option<ResponseKind>, Fault> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cells::kind(cell) {
        Some(kind) => Ok(Some(kind)),
        None => {
            let message = say!("`{cell}` is no kind of feedback", cell);
            let words = Message::one_of(ResponseKind::ALL.map(|kind| format!("`{}`", kind.word())));
            let help = odd_help(cell, ResponseKind::ALL.map(ResponseKind::word));
            let help = help.unwrap_or_else(|| say!("write {words}, or leave the cell empty", words));
            Err((Code::BadFeedback, message, Some(help)))
        }
    }
}
