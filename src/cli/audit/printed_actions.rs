//! Actions as text: a table for people, Markdown, CSV.

use anyhow::Result;
use chrono::NaiveDate;

use super::actions::ActionRow;
use crate::book::{Book, Language, Text};
use crate::cli::Edge;
use crate::cli::table::{Table, one_line};
use crate::say;
use crate::text::harmless;

/// The cells for a person: states in the reader's words, roles and sites by their titles.
fn cells(row: &ActionRow, edge: &Edge, book: &Book) -> [String; 9] {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let language = Language::new(edge.people().tag());
    let titled = |name: &String, title: Option<&Text>| {
        title.and_then(|title| book.in_language(title, &language)).map_or_else(|| name.clone(), one_line)
    };
    let owner = row.action.owner.as_ref().map(|name| titled(name, book.role(name).map(|role| &role.title)));
    let site = row.site.as_ref().map(|name| titled(name, book.site(name).map(|site| &site.title)));
    let state = edge.people().word("report.state", row.state.word());
    let state = match (row.days_overdue, &row.came_back) {
        (Some(days), _) => edge.say(&say!("{state} {days} d", state, days)),
        (None, Some(day)) => edge.say(&say!("{state}, came back {day}", state, day)),
        (None, None) => state.to_owned(),
    };
    [
        state,
        day(row.action.due),
        owner.unwrap_or_else(|| "-".to_owned()),
        site.unwrap_or_else(|| "-".to_owned()),
        match row.draft {
            true => format!("{} ({})", row.standard, edge.people().text("report.draft")),
            false => row.standard.clone(),
        },
        day(row.action.done),
        day(row.action.verified),
        format!("{}:{}", row.file, row.line),
        row.action.what.clone(),
    ]
}

/// The heads of the columns, in the language of whoever reads them.
fn heads(edge: &Edge) -> [String; 9] {
    [
        say!("state"),
        say!("due"),
        say!("owner"),
        say!("site"),
        say!("standard"),
        say!("done"),
        say!("verified"),
        say!("record"),
        say!("what is done"),
    ]
    .map(|head| edge.say(&head))
}

/// For people.
pub(super) fn table(rows: &[ActionRow], edge: &mut Edge, book: &Book) -> Result<Vec<u8>> {
    let mut table = Table::new(heads(edge));
    rows.iter().for_each(|row| table.row(cells(row, edge, book).each_ref().map(String::as_str)));
    if !rows.is_empty() {
        table.write(edge)?;
    }
    // What is for a terminal is there already.
    Ok(Vec::new())
}

/// For a document.
pub(super) fn markdown(rows: &[ActionRow], edge: &Edge, book: &Book) -> String {
    let line = |cells: [String; 9]| {
        let escaped = cells.map(|cell| one_line(&cell).replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<"));
        format!("| {} |", escaped.join(" | "))
    };
    let heads = format!("{}\n|{}\n", line(heads(edge)), " --- |".repeat(9));
    rows.iter().fold(heads, |text, row| text + &line(cells(row, edge, book)) + "\n")
}

/// For spreadsheets.
pub(super) fn csv(rows: &[ActionRow]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "state",
        "standard",
        "stamp",
        "site",
        "found",
        "what",
        "cause",
        "owner",
        "due",
        "done",
        "verified",
        "effective",
        "days_overdue",
        "grade",
        "came_back",
        "repeats",
        "file",
        "line",
        "draft",
    ])?;
    for row in rows {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [
            row.state.to_string(),
            row.standard.clone(),
            text(&row.stamp),
            text(&row.site),
            row.found.clone(),
            row.action.what.clone(),
            text(&row.action.cause),
            text(&row.action.owner),
            day(row.action.due),
            day(row.action.done),
            day(row.action.verified),
            row.action.effective.map_or_else(String::new, |effective| effective.to_string()),
            row.days_overdue.map_or_else(String::new, |days| days.to_string()),
            row.grade.map_or_else(String::new, |grade| grade.to_string()),
            text(&row.came_back),
            text(&row.repeats),
            row.file.clone(),
            row.line.to_string(),
            row.draft.to_string(),
        ];
        writer.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}
