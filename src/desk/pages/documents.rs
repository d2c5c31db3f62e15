//! Documents: pick one, see it, print it, keep it.

use serde_json::{Value as Json, json};

use super::Trouble;
use super::today::kept;
use crate::book::{Book, Language};
use crate::desk::answer::{Answer, SANDBOX, STILL};
use crate::desk::ask::{Ask, FILTERS, PICKED, Picked};
use crate::desk::book::{Opened, unfit};
use crate::desk::memory::{Trust, trust, trust_of};
use crate::desk::server::DeskState;
use crate::document::review::ReviewRequest;
use crate::document::{Document, DocumentKind, Request, Workings, feedback, reportable, reported, review_due};
use crate::edition::{FilterKey, Values};
use crate::language::Interface;
use crate::render::{Format, Renderer, format, formats_of};
use crate::review::open_actions;
use crate::say;

/// What there is to pick from.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let words = ask.interface;
    let of_book = DocumentKind::ALL.iter().copied().filter(|kind| kind.composer().is_some());
    let kinds: Vec<Json> = of_book
        .chain(reportable(&opened.records))
        .filter(|kind| formats_of(*kind).next().is_some())
        .map(|kind| json!({"word": kind.word(), "title": titled(&opened, words, kind)}))
        .collect();
    let own = opened.templates();
    let view = json!({
        "kinds": kinds, "asks": asks(&opened, ask, &ask.query), "print": print_format(),
        "own": (own > 0).then(|| words.count("desk.own.there", own)), "is_own": is_own(inside, &opened),
        "is_changed": trust_in(inside, &opened) == Trust::OfOthers, "hash": opened.templates_hash(),
    });
    Ok(super::page(inside, ask, &opened, "documents", &view))
}

/// Whether documents are laid out by the book's own templates: somebody else may have written those, so they are not until it is
/// said once that they may; and those that are there now, for what was changed since nobody has allowed.
fn is_own(inside: &DeskState, opened: &Opened) -> bool {
    trust_in(inside, opened) == Trust::Given
}

fn trust_in(inside: &DeskState, opened: &Opened) -> Trust {
    if opened.templates() == 0 { Trust::Never } else { trust_of(inside.shelf.root(), &opened.templates_hash()) }
}

/// What lays out the documents of a book: the program's own templates, or the book's where they are allowed. The desk's own pages
/// and its form are never laid out by a book's.
pub(super) fn renderer<'r>(inside: &'r DeskState, opened: &'r Opened) -> &'r Renderer {
    if is_own(inside, opened) { opened.own_renderer() } else { &inside.renderer }
}

/// Allows the book's own templates, or takes that back.
pub(super) fn allow_templates(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let hash = opened.templates_hash();
    let is_allowed = ask.form.get("allow") == Some("yes");
    // What was changed since the page was made is not what it asked about.
    if is_allowed && ask.form.get("from").is_some_and(|from| from != hash) {
        return Err(say!("the templates were changed since this page was made: look again").into());
    }
    if !trust(inside.shelf.root(), is_allowed.then_some(hash.as_str())) {
        return Err(say!("this cannot be remembered on this computer, so nothing was changed").into());
    }
    inside.shelf.touch();
    Ok(Answer::see("/documents"))
}

/// What a kind of document is called, in the book's word for the customer.
pub(super) fn titled(opened: &Opened, words: &Interface, kind: DocumentKind) -> String {
    let language = Language::new(words.tag());
    words.of_customer(&format!("document.{}", kind.word()), opened.project.loaded.book.customer_of(None, &language))
}

/// The format that prints best of those that this program was built with.
pub(super) fn print_format() -> &'static str {
    if format("pdf").is_some_and(|pdf| pdf.is_built_in) { "pdf" } else { "html" }
}

/// What can be asked of a document, each with its choices; `chosen` has what was chosen before.
pub(super) fn asks(opened: &Opened, ask: &Ask, chosen: &crate::desk::query::Query) -> Vec<Json> {
    let (book, words) = (&opened.project.loaded.book, ask.interface);
    let title = |text: &crate::book::Text, name: &str| opened.text(text, words).unwrap_or(name).to_owned();
    let field = |name: &str, label: &str, choices: Vec<(String, String)>| {
        let choices = choices.into_iter().map(|(value, title)| {
            let is_chosen = chosen.get(name) == Some(value.as_str());
            json!({"value": value, "title": title, "is_chosen": is_chosen})
        });
        json!({"name": name, "label": words.text(label), "choices": choices.collect::<Vec<_>>()})
    };
    let sites = book.sites.iter().map(|site| (site.id.name.clone(), title(&site.title, &site.id.name)));
    let mut all = vec![field("site", "common.site", sites.collect())];
    for criterion in FILTERS {
        let choices = match criterion.values() {
            Values::Ids(things) => {
                (things.all)(book).into_iter().map(|(id, text)| (id.name.clone(), title(text, &id.name))).collect()
            }
            Values::Words(list) | Values::UpTo(list) => (list.all)()
                .into_iter()
                .map(|word| (word.to_owned(), words.text(&format!("{}.{word}", list.texts)).to_owned()))
                .collect(),
        };
        let label =
            if criterion == FilterKey::Role { "common.role".to_owned() } else { format!("limit.{}", criterion.key()) };
        all.push(field(criterion.key(), &label, choices));
    }
    all.push(language_ask(book, words, chosen.get("lang")));
    all.retain(|ask| ask.get("choices").and_then(Json::as_array).is_some_and(|choices| !choices.is_empty()));
    all
}

fn language_ask(book: &Book, words: &Interface, chosen: Option<&str>) -> Json {
    let spoken = || book.languages.iter().find(|language| language.primary() == words.tag());
    let chosen = chosen.or_else(|| spoken().map(Language::tag));
    let choices = book.languages.iter().map(|language| {
        let name = Interface::named(language.tag()).map_or(language.tag(), |interface| interface.text("name"));
        json!({"value": language.tag(), "title": name, "is_chosen": chosen == Some(language.tag())})
    });
    json!({
        "name": "lang", "label": words.text("common.language"),
        "choices": choices.collect::<Vec<_>>(),
    })
}

/// One document, as from nowhere.
pub(super) fn show(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let word = ask.query.get("kind").ok_or(Trouble::Missing)?;
    let kind = DocumentKind::ALL.iter().copied().find(|kind| kind.word() == word).ok_or(Trouble::Missing)?;
    let name = ask.query.get("format").unwrap_or("html");
    let format = formats_of(kind).find(|format| format.name == name).ok_or(Trouble::Missing)?;
    let bytes = laid_out(inside, ask, &opened, kind, format, renderer(inside, &opened))?;
    if format.name == "html" {
        let is_still = ask.query.get("still") == Some("yes");
        let policy = if is_still { STILL } else { SANDBOX };
        let bytes = if is_still { still(&String::from_utf8_lossy(&bytes)).into_bytes() } else { bytes };
        return Ok(remembered(inside, ask, Answer::page_under(bytes, policy.to_owned())));
    }
    let parts = [Some(kind.word()), ask.query.get("site"), ask.query.get("role"), ask.query.get("lang")];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    let answer = as_file(format.name, &parts, ask.query.get("keep").is_none(), bytes);
    Ok(remembered(inside, ask, answer))
}

/// A page without what runs on it, and without what it says where nothing runs.
fn still(html: &str) -> String {
    let without = |html: &str, name: &str| {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut parts = html.split(&open);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |kept, part| kept + part.split_once(&close).map_or("", |(_, after)| after))
    };
    without(&without(html, "script"), "noscript")
}

/// What was picked on Rounds is picked there again, whether it was filled in or printed.
fn remembered(inside: &DeskState, ask: &Ask, answer: Answer) -> Answer {
    match ask.query.get("picked") {
        Some("yes") => answer.with("set-cookie", kept(inside, "picked", &ask.query.only(&PICKED))),
        _ => answer,
    }
}

/// A document that is no page, under a name of these parts.
pub(super) fn as_file(format: &str, parts: &[&str], may_be_shown: bool, bytes: Vec<u8>) -> Answer {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| is_plain(part)).collect();
    let is_shown = format == "pdf" && may_be_shown;
    Answer::file(content_type(format), &format!("{}.{format}", parts.join("-")), is_shown, bytes)
}

/// A document in a format.
pub(super) fn laid_out(
    inside: &DeskState,
    ask: &Ask,
    opened: &Opened,
    kind: DocumentKind,
    format: &Format,
    renderer: &Renderer,
) -> Result<Vec<u8>, Trouble> {
    let in_force = match ask.query.get("edition") {
        Some("in-force") if kind.composer().is_some() => {
            Some(opened.in_force(inside.shelf.root(), inside.shelf.today())?)
        }
        _ => None,
    };
    if in_force.is_none() && !opened.errors.is_empty() {
        return Err(unfit(opened.errors.len()).into());
    }
    let (project, control) =
        in_force.map_or((&opened.project, &opened.control), |(project, control)| (project, control));
    let picked = Picked::of(&ask.query, &project.loaded.book, ask.interface);
    let request = Request { site: picked.site, ..Request::of(project, &picked.filter, &picked.language) };
    let document: Box<dyn Document> = match kind.composer() {
        Some(compose) => compose(Request { control: Some(control), audits: Some(&opened.records.audits), ..request }),
        None if kind == DocumentKind::ReviewDue => {
            let records = &opened.records;
            let evidence = project.evidence(records);
            let overview = project.due(records, &evidence);
            let actions = open_actions(&records.audits, &project.standards, inside.shelf.today());
            Box::new(review_due(ReviewRequest::of(request, records, &overview, &actions)))
        }
        None if kind == DocumentKind::Feedback && picked.site.is_none() => {
            let filter = crate::edition::Filter::default();
            Box::new(feedback(Request { filter: &filter, ..request }, &opened.records.feedback, opened.ranking()))
        }
        None => {
            // What was audited counts whatever became of its standard since.
            let filter = picked.filter.clone().of_any_status();
            let workings =
                Workings::new(request.book, request.standards, &opened.records, &filter).of_days(picked.days);
            reported(kind, Request { filter: &filter, ..request }, &workings, format.name).ok_or(Trouble::Missing)?
        }
    };
    renderer.render(format, document.as_ref()).map_err(|error| error.message().into())
}

/// Whether a part may stand in the name of a file as it is.
fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn content_type(format: &str) -> &'static str {
    match format {
        "pdf" => "application/pdf",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
