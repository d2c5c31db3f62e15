//! A filled-in checklist as CSV: comma, semicolon or tab, heads in any language of the interface.

use super::words::{is, observations};
use super::{Form, Given, Rejected, Spot};
use crate::say;

/// Where the columns stand.
struct Columns {
    reference: usize,
    number: Option<usize>,
    answer: Option<usize>,
    observed: Option<usize>,
    note: Option<usize>,
}

pub(super) fn read(text: &str) -> Result<Form, Rejected> {
    let strange = || {
        Rejected::new("1", say!("these are not the columns of a checklist"))
            .help(say!("keep the heads of the columns as `gamma-ok checklist --format csv` wrote them"))
    };
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(|one| head.bytes().filter(|byte| byte == one).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut form = Form::default();
    let mut columns: Option<Columns> = None;
    // A line is counted where its text begins: the reader's own position may be before the end of the line above.
    let (mut counted, mut line) = (0, 1);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                return Err(Rejected::new(line.to_string(), say!("this is not CSV")));
            }
        };
        let start = record.position().map_or(0, |position| position.byte() as usize).min(text.len());
        let ends = text[start..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..start + ends].iter().filter(|byte| **byte == b'\n').count();
        counted = start + ends;
        let Some(columns) = &columns else {
            columns = Some(find(&record).ok_or_else(strange)?);
            continue;
        };
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map_or("", plain);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let place = line.to_string();
        let reference = cell(Some(columns.reference)).to_owned();
        let [answer, observed, note] = [columns.answer, columns.observed, columns.note].map(cell);
        if reference.is_empty() {
            if !(answer.is_empty() && observed.is_empty()) {
                let wrong = say!("this line has lost its `ID@STAMP`, so nobody can tell what was answered");
                form.rejected.push(Rejected::new(place, wrong));
            }
            continue;
        }
        // The form itself marks critical items in that column.
        let note = if is(note, "common.critical") { "" } else { note };
        form.items.push(Given {
            reference,
            number: Spot::of(cell(columns.number), "").map(|spot| spot.text),
            ticked: Spot::of(answer, &*place).into_iter().collect(),
            observed: observations(observed).filter_map(|value| Spot::of(value, &*place)).collect(),
            note: Spot::of(note, &*place),
            place,
            ..Given::default()
        });
    }
    if form.items.is_empty() && form.rejected.is_empty() {
        return Err(strange());
    }
    Ok(form)
}

fn find(head: &csv::StringRecord) -> Option<Columns> {
    let column = |keys: &[&str]| head.iter().position(|cell| keys.iter().any(|key| is(cell.trim(), key)));
    let columns = Columns {
        reference: column(&["sheet.reference"])?,
        number: column(&["checklist.number"]),
        answer: column(&["sheet.answer"]),
        observed: column(&["checklist.observed"]),
        note: column(&["checklist.note"]),
    };
    (columns.answer.is_some() || columns.observed.is_some()).then_some(columns)
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_heads_in_any_language() {
        for text in [
            "No.,Standard,Observed,Answer,Note,ID@STAMP\n1,\"A, b\",8 s,,critical,greet@3f9a1c2e\n2,x,,not met,\"late\nagain\",two\n",
            "\u{feff}Nr;Standard;Wynik;Ocena;Uwagi;ID@STEMPEL\r\n1;\"A, b\";8 s;;krytyczny;greet@3f9a1c2e\r\n2;x;;niespełniony;\"late\r\nagain\";two\r\n",
        ] {
            let form = super::super::read("a.csv", text.as_bytes()).expect("a form");
            let [one, two] = form.items.as_slice() else { panic!("{:?}", form.items) };
            assert_eq!((one.reference.as_str(), one.observed.len(), one.note.is_none()), ("greet@3f9a1c2e", 1, true));
            assert_eq!((two.place.as_str(), two.ticked.len()), ("3", 1));
            assert_eq!(two.note.as_ref().map(|note| note.text.split_whitespace().count()), Some(2));
        }
    }

    #[test]
    fn strangers_are_told() {
        for text in ["a,b\n1,2\n", "ID@STAMP,Note\nx,y\n", "No.,Answer,ID@STAMP\n"] {
            assert!(read(text).is_err(), "{text}");
        }
        let form = read("Answer,ID@STAMP\nmet,\n").expect("a form");
        assert_eq!(form.rejected[0].place, "2");
    }
}
