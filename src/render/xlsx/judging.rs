//! What an item of the workbook comes to, by formula: its answer, or where none is given the observed value judged by the
//! measure, as recording the workbook does. A list of values is left to that; until then it counts as nothing.
//!
//! Everything is a number, since a reader of the filled workbook takes whatever else stands beside an item for a person's
//! words.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::form::ANSWER_LIST;
use crate::document::{ChecklistItem, FormData, MeasureLimits};

/// The columns of the formulas, behind weight and critical: how long the figure is, the value in base units, the answer.
const LENGTH: u16 = 13;
const VALUE: u16 = 14;
pub(super) const VERDICT: u16 = 15;
/// The columns of answers and observed values, and of the formulas, as formulas have them.
const ANSWER: char = 'I';
const OBSERVED: char = 'H';
const LENGTH_LETTER: char = 'N';
const VALUE_LETTER: char = 'O';
pub(super) const VERDICT_LETTER: char = 'P';

/// The words of units on the hidden sheet, each with its base unit and how many of those it is: their columns.
const WORDS: u16 = 4;
const BASES: u16 = 5;
const FACTORS: u16 = 6;

/// A value that cannot be read.
const UNREAD: &str = "1E+99";
/// So much of a value is looked at for where its figure ends.
const MOST: usize = 24;
/// Comparing figures forgives what binary fractions lose.
const NEAR: &str = "1E-9";

/// The formulas of a workbook.
pub(super) struct Judging<'a> {
    form: &'a FormData,
}

impl<'a> Judging<'a> {
    pub(super) fn of(form: &'a FormData) -> Self {
        Judging { form }
    }

    /// Hides the columns of the formulas.
    pub(super) fn hide(sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for column in [LENGTH, VALUE, VERDICT] {
            sheet.set_column_hidden(column)?;
        }
        Ok(())
    }

    /// Writes the formulas of an item into its row.
    pub(super) fn write(&self, sheet: &mut Worksheet, row: u32, item: &ChecklistItem) -> Result<(), XlsxError> {
        let at = |column: char| format!("${column}{}", row + 1);
        let text = written(&at(OBSERVED));
        let places: Vec<String> = (1..=MOST).map(|place| place.to_string()).collect();
        let length = format!(
            "=IFERROR(MATCH(TRUE,ISERROR(FIND(MID({text}&\"x\",{{{}}},1),\"0123456789.-+ \")),0)-1,0)",
            places.join(",")
        );
        sheet.write_array_formula(row, LENGTH, row, LENGTH, Formula::new(length).set_result("0"))?;
        let value = match &item.limit {
            Some(limit) => format!("=IFERROR({},{UNREAD})", self.value(limit, &text, &at(LENGTH_LETTER))),
            None => format!("={UNREAD}"),
        };
        sheet.write_formula(row, VALUE, Formula::new(value).set_result(UNREAD))?;
        let (answer, observed) = (at(ANSWER), at(OBSERVED));
        let answers = ANSWER_LIST.trim_start_matches('=');
        let verdict = format!(
            "=IF({answer}<>\"\",IFERROR(MATCH({answer},{answers},0),0),IF({observed}=\"\",0,IFERROR({},0)))",
            self.verdict(item.limit.as_ref(), &text, &at(VALUE_LETTER))
        );
        sheet.write_formula(row, VERDICT, Formula::new(verdict).set_result("0"))?;
        Ok(())
    }

    /// The value in base units: a time as a stopwatch shows it, or a figure with a unit of the measure's kind, or without.
    fn value(&self, limit: &MeasureLimits, text: &str, length: &str) -> String {
        let (base, own) = self.base(&limit.unit);
        let rows = self.words().len();
        let range = |column: char| format!("'gamma-ok'!${column}$1:${column}${rows}");
        let word = format!("SUBSTITUTE(TRIM(MID({text},{length}+1,60)),\".\",\"\")");
        let found = format!("MATCH({word},{},0)", range('E'));
        let factor = format!("IF(INDEX({},{found})=\"{base}\",INDEX({},{found}),1/0)", range('F'), range('G'));
        // A unit that the program does not know is an author's text, and stands in no formula.
        let is_known = !limit.unit.is_empty() && self.form.bases.contains_key(limit.unit.as_str());
        let factor = if is_known { factor } else { "1/0".to_owned() };
        let figure = format!(
            "_xlfn.NUMBERVALUE(SUBSTITUTE(LEFT({text},{length}),\" \",\"\"),\".\",\" \")*IF(LEN({text})={length},{own},{factor})"
        );
        let Some((first, second)) = clock(&limit.unit) else { return figure };
        let colon = format!("FIND(\":\",{text})");
        let (whole, last) = (format!("VALUE(LEFT({text},{colon}-1))"), format!("VALUE(RIGHT({text},2))"));
        let long = format!("{whole}*3600+VALUE(MID({text},{colon}+1,2))*60+{last}");
        let time = format!(
            "IF({last}>59,1/0,IF(LEN({text})-LEN(SUBSTITUTE({text},\":\",\"\"))=2,{long},{whole}*{first}+{last}*{second}))"
        );
        format!("IF(ISNUMBER({colon}),{time},{figure})")
    }

    /// 1 for met, 2 for not met, 0 for what cannot be judged.
    fn verdict(&self, limit: Option<&MeasureLimits>, text: &str, value: &str) -> String {
        let slash = format!("FIND(\"/\",{text})");
        let some = format!("VALUE(TRIM(LEFT({text},{slash}-1)))");
        let every = format!("VALUE(TRIM(MID({text},{slash}+1,20)))");
        let share = limit.map_or(1.0, |limit| limit.share);
        let passes = format!("IF(AND({every}>0,{some}<={every}),IF({some}+{NEAR}>={share}*{every},1,2),0)");
        let Some(limit) = limit else { return format!("IF(ISNUMBER({slash}),{passes},0)") };
        let (base, own) = self.base(&limit.unit);
        let low = limit.low * own;
        let high = match (limit.high, &limit.high_unit) {
            (Some(high), Some(unit)) => high * self.base(unit).1,
            _ => low,
        };
        let slack = format!("{NEAR}*MAX(ABS({value}),{},1)", low.abs());
        let (over, under) = (format!("{value}+{slack}>={low}"), format!("{value}<={high}+{slack}"));
        let holds = match limit.bound {
            "at-least" => over,
            "between" => format!("AND({over},{under})"),
            _ => under,
        };
        // Nothing but degrees is below zero, and no share that is asked for of a whole above it.
        let least = if base == "°C" { "-1E+98" } else { "0" };
        let most = if base == "%" && low.max(high) <= 100.0 { "100" } else { "1E+98" };
        let judged = format!("IF(OR({value}<{least},{value}>{most}),0,IF({holds},1,2))");
        format!("IF(ISNUMBER({slash}),{passes},{judged})")
    }

    fn base<'u>(&'u self, unit: &'u str) -> (&'u str, f64) {
        self.form.bases.get(unit).copied().unwrap_or((unit, 1.0))
    }

    /// The words of units that a value may be typed in, in lower case, each with the key of its unit.
    fn words(&self) -> Vec<(String, &'a str)> {
        let names = self.form.units.iter().map(|(name, key)| (name.to_lowercase(), *key));
        names.chain(self.form.bases.keys().map(|key| (key.to_lowercase(), *key))).collect()
    }

    /// Writes the words of units beside what the hidden sheet says.
    pub(super) fn write_words(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (row, (word, key)) in (0u32..).zip(self.words()) {
            let (base, factor) = self.base(key);
            sheet.write_string(row, WORDS, word)?;
            sheet.write_string(row, BASES, base)?;
            sheet.write_number(row, FACTORS, factor)?;
        }
        Ok(())
    }
}

/// What is written in a cell, made alike: blanks of any kind, a point for a comma, small letters.
fn written(cell: &str) -> String {
    let alike = [("\u{a0}", " "), ("\u{202f}", " "), (",", "."), ("\u{2212}", "-")];
    let text =
        alike.iter().fold(cell.to_owned(), |text, (one, other)| format!("SUBSTITUTE({text},\"{one}\",\"{other}\")"));
    format!("LOWER(TRIM({text}))")
}

/// How many seconds the two figures of a time stand for beside a measure in that unit, if it can be measured so.
fn clock(unit: &str) -> Option<(u32, u32)> {
    match unit {
        "s" | "min" => Some((60, 1)),
        "h" => Some((3600, 60)),
        _ => None,
    }
}
