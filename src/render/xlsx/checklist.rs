//! The sheet *Checklist*: an item a row, a drop-down for its answer, and the score over them.

use rust_xlsxwriter::{ConditionalFormatFormula, DataValidation, Format, Formula, Worksheet, XlsxError};

use super::form::{Places, PrintedTexts};
use super::judging::{Judging, VERDICT_LETTER};
use super::{look, set_up, text};
use crate::document::{Checklist, ChecklistItem, Head};
use crate::render::csv::{measure, roles, shown};

/// Columns: their heads and widths. Together they are as wide as a landscape page is at nine tenths of the size, so that what is
/// printed can be read.
const COLUMNS: [(&str, f64); 11] = [
    ("checklist.number", 4.5),
    ("checklist.statement", 37.0),
    ("common.level", 7.0),
    ("sheet.type", 10.5),
    ("common.role", 11.5),
    ("sheet.verify", 10.5),
    ("sheet.measure", 20.0),
    ("checklist.observed", 10.0),
    ("sheet.answer", 11.5),
    ("checklist.note", 19.0),
    ("sheet.reference", 13.0),
];
pub(super) const OBSERVED: u16 = 7;
pub(super) const ANSWER: u16 = 8;
pub(super) const NOTE: u16 = 9;
pub(super) const REFERENCE: u16 = 10;
/// Hidden: how much an item counts, and 1 where it is critical.
const WEIGHT: u16 = 11;
const CRITICAL: u16 = 12;

/// The row of the columns' heads, and the first of the items.
const HEADS: u32 = 7;
const FIRST: u32 = HEADS + 1;
/// The rows of the fields at the head.
const FIELDS: u32 = 2;

/// Writes the sheet and says where things stand.
pub(super) fn write(sheet: &mut Worksheet, checklist: &Checklist) -> Result<Places, XlsxError> {
    let head = &checklist.head;
    set_up(sheet, head, "sheet.checklist", true)?;
    for (column, (key, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEADS, column, head.text(key), &look::heads(head))?;
    }
    sheet.set_row_height(HEADS, 30)?;
    for column in [WEIGHT, CRITICAL] {
        sheet.set_column_hidden(column)?;
    }
    Judging::hide(sheet)?;
    let mut printed = PrintedTexts::default();
    let last = items(sheet, checklist, &mut printed)?;
    let fields = fields(sheet, checklist, &mut printed)?;
    score(sheet, head, last)?;
    answers(sheet, head, last)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_repeat_rows(HEADS, HEADS)?;
    sheet.set_print_area(0, 0, last, REFERENCE)?;
    Ok(Places { fields, first: FIRST, last, printed })
}

/// Writes phases, steps and items; gives the last row.
fn items(sheet: &mut Worksheet, checklist: &Checklist, printed: &mut PrintedTexts) -> Result<u32, XlsxError> {
    let head = &checklist.head;
    let judging = Judging::of(&checklist.form);
    let mut row = FIRST;
    for phase in checklist.phases.iter() {
        let mut title = match &phase.verify {
            Some(verify) => format!("{}. {verify} · {}", phase.number, shown(&phase.title)),
            None => format!("{}. {}", phase.number, shown(&phase.title)),
        };
        if checklist.many_sequences {
            title = format!("{title} · {}", shown(&phase.sequence));
        }
        band(sheet, row, &title, &look::phase())?;
        printed.text(title);
        row += 1;
        let is_divided = phase.steps.len() > 1 || phase.steps.iter().any(|step| step.title.is_some());
        for step in &phase.steps {
            if is_divided {
                let title = step.title.as_ref().map_or_else(|| head.text("checklist.phase-whole").to_owned(), shown);
                let title = if step.moment_of_truth { format!("★ {title}") } else { title };
                band(sheet, row, &title, &look::step())?;
                printed.text(title);
                row += 1;
            }
            for question in &step.items {
                item(sheet, head, row, question, printed)?;
                judging.write(sheet, row, question)?;
                row += 1;
            }
        }
    }
    Ok(row.max(FIRST + 1) - 1)
}

/// A heading across the columns.
fn band(sheet: &mut Worksheet, row: u32, title: &str, format: &Format) -> Result<(), XlsxError> {
    for column in 1..=REFERENCE {
        sheet.write_blank(row, column, format)?;
    }
    sheet.write_string_with_format(row, 0, text(title), format)?;
    Ok(())
}

fn item(
    sheet: &mut Worksheet,
    head: &Head,
    row: u32,
    item: &ChecklistItem,
    printed: &mut PrintedTexts,
) -> Result<(), XlsxError> {
    let standard = &item.standard;
    let (wrapped, centred, small, looked_at) = (look::wrapped(), look::centred(), look::small(), look::measure());
    let level = if standard.critical { format!("{} ▲", standard.numeral) } else { standard.numeral.to_owned() };
    let mut statement = shown(&standard.text);
    if standard.draft {
        statement = format!("{statement} ({})", head.text("common.draft"));
    }
    let (roles, measure) = (roles(head, standard), measure(item));
    sheet.write_number_with_format(row, 0, item.number as f64, &centred)?;
    let texts = [
        (1, statement.as_str(), &wrapped),
        (2, level.as_str(), &centred),
        (3, item.type_label.as_str(), &wrapped),
        (4, roles.as_str(), &wrapped),
        (5, standard.verify.as_str(), &wrapped),
        (6, measure.as_str(), &looked_at),
        (REFERENCE, standard.reference.as_str(), &small),
    ];
    let mut most = 1;
    printed.item(&standard.reference, item.number, texts.iter().map(|(_, value, _)| *value));
    for (column, value, format) in texts {
        // Ids stand in small type, of which more fits.
        let width = COLUMNS[usize::from(column)].1 * if column == REFERENCE { 1.25 } else { 1.1 };
        most = most.max(lines(value, width));
        sheet.write_string_with_format(row, column, text(value), format)?;
    }
    // Some programs do not fit the height of a row to its text when they open a file.
    sheet.set_row_height(row, 12.3 * most as f64 + 3.0)?;
    sheet.write_blank(row, OBSERVED, &look::typed(centred))?;
    sheet.write_blank(row, ANSWER, &look::typed(look::wrapped()))?;
    sheet.write_blank(row, NOTE, &look::typed(wrapped))?;
    sheet.write_number(row, WEIGHT, standard_weight(item))?;
    sheet.write_number(row, CRITICAL, f64::from(u8::from(standard.critical)))?;
    Ok(())
}

/// How many lines a text takes in a column so many digits wide, words kept whole. A digit is about as wide as a letter.
fn lines(text: &str, width: f64) -> usize {
    let most = (width - 1.0).max(1.0) as usize;
    let mut lines = 1;
    let mut used = 0;
    for word in text.split([' ', '-']) {
        let length = word.chars().count() + 1;
        if used > 0 && used + length > most + 1 {
            lines += 1;
            used = 0;
        }
        used += length;
        lines += used.saturating_sub(1) / (most + 1);
        used = used.min(most + 1);
    }
    lines
}

/// A weight that a sheet can hold.
fn standard_weight(item: &ChecklistItem) -> f64 {
    if item.weight.is_finite() { item.weight } else { 1.0 }
}

/// The fields of the head, and the cells that hold them, in words of the format.
fn fields(
    sheet: &mut Worksheet,
    checklist: &Checklist,
    printed: &mut PrintedTexts,
) -> Result<Vec<(&'static str, String)>, XlsxError> {
    let head = &checklist.head;
    let title = text(&shown(&head.book));
    sheet.write_string_with_format(0, 0, &title, &look::title(head))?;
    let mut parts = vec![head.title.clone()];
    parts.extend(head.roles.iter().map(shown));
    parts.push(checklist.count.clone());
    let subtitle = text(&parts.join(" · "));
    sheet.write_string_with_format(1, 0, &subtitle, &look::subtitle())?;
    printed.text(title);
    printed.text(subtitle);
    let site = head.site.as_ref().map(shown).unwrap_or_default();
    printed.site(&site);
    let fields = [
        ("site", "common.site", site),
        ("date", "common.date", String::new()),
        ("time", "checklist.time", String::new()),
        ("auditor", "checklist.auditor", String::new()),
    ];
    let mut places = Vec::new();
    for (row, (name, key, value)) in (FIELDS..).zip(fields) {
        sheet.write_string_with_format(row, 1, head.text(key), &look::label())?;
        let format = match name {
            "date" => look::field().set_num_format("yyyy\\-mm\\-dd"),
            _ => look::typed(look::field()),
        };
        sheet.merge_range(row, 2, row, 4, &text(&value), &format)?;
        places.push((name, format!("C{}", row + 1)));
    }
    Ok(places)
}

/// The score by formula: weight of met over weight of judged, with the counts it comes from.
fn score(sheet: &mut Worksheet, head: &Head, last: u32) -> Result<(), XlsxError> {
    let range = |column: char| format!("${column}${}:${column}${}", FIRST + 1, last + 1);
    let (answers, weights, critical) = (range(VERDICT_LETTER), range('L'), range('M'));
    let is = |index: usize| format!("({answers}={})", index + 1);
    let count = |index: usize| format!("SUMPRODUCT({}*1)", is(index));
    let weight = |index: usize| format!("SUMPRODUCT({}*{weights})", is(index));
    let (met, not_met) = (weight(0), weight(1));
    let line = filled(head.text("sheet.score-line"), |name| match name {
        "score" => format!("ROUND(100*{met}/({met}+{not_met}),0)"),
        "met" => count(0),
        "judged" => format!("({}+{})", count(0), count(1)),
        "na" => count(2),
        _ => count(3),
    });
    let nothing = head.text("sheet.nothing-judged");
    let formula = format!("=IF({met}+{not_met}=0,{},{line})", quoted(nothing));
    let row = FIELDS;
    sheet.write_string_with_format(row, 6, head.text("sheet.score"), &look::label())?;
    let last_column = NOTE;
    sheet.merge_range(row, 7, row, last_column, "", &look::score())?;
    sheet.write_formula_with_format(row, 7, Formula::new(formula).set_result(nothing), &look::score())?;
    sheet.write_string_with_format(row + 1, 6, head.text("sheet.critical"), &look::label())?;
    let failed = format!("=SUMPRODUCT({}*{critical})", is(1));
    sheet.write_formula_with_format(row + 1, 7, Formula::new(failed).set_result("0"), &look::field())?;
    Ok(())
}

/// The drop-downs, and how answered rows look.
fn answers(sheet: &mut Worksheet, head: &Head, last: u32) -> Result<(), XlsxError> {
    let list = DataValidation::new()
        .allow_list_formula(Formula::new(super::form::ANSWER_LIST))
        .set_error_title(limited(head.text("sheet.answer"), 32))?
        .set_error_message(limited(head.text("sheet.how"), 255))?;
    sheet.add_data_validation(FIRST, ANSWER, last, ANSWER, &list)?;
    let looks = [(1, look::not_met()), (2, look::not_judged()), (3, look::not_judged())];
    for (index, look) in looks {
        let rule = format!("=${VERDICT_LETTER}{}={}", FIRST + 1, index + 1);
        let format = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(look);
        sheet.add_conditional_format(FIRST, 0, last, NOTE, &format)?;
    }
    Ok(())
}

/// A text as a formula has it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A pattern's text and values joined by `&`.
fn filled(pattern: &str, value: impl Fn(&str) -> String) -> String {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        parts.extend([quoted(before), value(name)]);
        rest = after;
    }
    parts.push(quoted(rest));
    parts.join("&")
}

fn limited(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
