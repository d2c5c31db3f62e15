use std::io::{Cursor, Write};

use chrono::NaiveDate;
use gamma_ok::audit::filled::{Options, place, read};
use gamma_ok::audit::{Audits, Kind, Moment, StandardIndex};
use gamma_ok::diag::Severity;
use gamma_ok::edit::record::{Recorded, Recorder};
use gamma_ok::forms::Refused;
use gamma_ok::project::Project;
use gamma_ok::review;
use zip::write::SimpleFileOptions;

use super::SOUND;

/// A filled-in form: its first byte says of which kind of file, the rest is what stands in it. It is refused with words at a
/// place, or it becomes a record that reads back as it was written and is known when it is handed in again.
pub fn forms(data: &[u8]) {
    let Some((name, bytes)) = file(data) else { return };
    round(name, &bytes);
    match review::filled::read(name, &bytes, &SOUND.loaded.book) {
        Ok(filled) => filled.refused.iter().for_each(says_something),
        Err(refused) => says_something(&refused),
    }
}

/// The file that an input is, with its name.
pub(super) fn file(data: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let (kind, rest) = data.split_first()?;
    Some(match kind {
        b'm' => ("form.md", rest.to_vec()),
        b'c' => ("form.csv", rest.to_vec()),
        b'j' => ("form.json", rest.to_vec()),
        b'h' => ("form.html", rest.to_vec()),
        b'x' => ("form.xlsx", workbook(&sheet(rest))),
        b's' => ("form.xlsx", workbook(rest)),
        b'z' => ("form.xlsx", rest.to_vec()),
        _ => ("form", data.to_vec()),
    })
}

pub(super) fn says_something(refused: &Refused) {
    assert!(!refused.message.is_empty(), "{refused:?}");
    assert!(refused.help.as_deref().is_none_or(|help| !help.is_empty()), "{refused:?}");
}

fn round(name: &str, bytes: &[u8]) {
    let opened = &*SOUND;
    let index = StandardIndex::new(&opened.loaded.book, &opened.standards, super::today());
    let form = match read(name, bytes, &opened.loaded.book) {
        Ok(form) => form,
        Err(refused) => return says_something(&refused),
    };
    // Only some name their site and day.
    let is_bare = form.head.is_empty();
    let date = NaiveDate::from_ymd_opt(2026, 2, 27).map(|date| Moment { date, time: None });
    let options = Options {
        site: is_bare.then(|| "market".to_owned()),
        date: date.filter(|_| is_bare),
        auditor: is_bare.then(|| "lead".to_owned()),
        kind: is_bare.then_some(Kind::Mystery),
        editions: Vec::new(),
    };
    let placed = place(form, &options, &index);
    placed.refused.iter().for_each(says_something);
    if !placed.refused.is_empty() {
        return;
    }
    let none = Audits::default();
    let sources = &opened.loaded.sources;
    let mut recorder = Recorder {
        sources,
        audits: &none,
        index: &index,
        replace: false,
        takes_out: false,
        is_whole: true,
        is_another: false,
        made: Vec::new(),
        known: Vec::new(),
    };
    let change = match recorder.record(&opened.world, placed.record.clone()) {
        Recorded::New(change) => change,
        other => panic!("a form without a fault is not recorded: {other:?}"),
    };
    assert!(change.path.starts_with("audits/") && change.path.ends_with(".yaml"), "{}", change.path);
    // In the book it is sound, and the same round again is known.
    let world = super::world([(change.path.as_str(), change.after.clone().into_bytes())]);
    let mut after = Project::open(world).expect("there is a manifest");
    let records = after.records();
    super::point_into_their_files(&after.loaded.sources, &records.audits.findings);
    let errors = records.audits.findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&gamma_ok::diag::Diagnostic>::new(), "{}", change.after);
    assert_eq!(records.audits.records.len(), 1);
    let index = StandardIndex::new(&after.loaded.book, &after.standards, super::today());
    let sources = &after.loaded.sources;
    let mut recorder = Recorder {
        sources,
        audits: &records.audits,
        index: &index,
        replace: false,
        takes_out: false,
        is_whole: true,
        is_another: false,
        made: Vec::new(),
        known: Vec::new(),
    };
    match recorder.record(&after.world, placed.record) {
        Recorded::Known(path, _) => assert_eq!(path, change.path),
        other => panic!("the same round again: {other:?}\n{}", change.after),
    }
}

/// A sheet of inline texts and numbers, from lines of cells that are set apart by tabs.
fn sheet(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let mut rows = String::new();
    for (row, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        rows.push_str(&format!("<row r=\"{row}\">"));
        for (letter, cell) in ('A'..='Z').zip(line.split('\t')) {
            let place = format!("{letter}{row}");
            match cell.strip_prefix('=') {
                Some(number) if number.parse::<f64>().is_ok() => {
                    rows.push_str(&format!("<c r=\"{place}\"><v>{number}</v></c>"));
                }
                _ => {
                    let escaped = cell.replace('&', "&amp;").replace('<', "&lt;");
                    rows.push_str(&format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{escaped}</t></is></c>"));
                }
            }
        }
        rows.push_str("</row>");
    }
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

/// A workbook around one sheet.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    const PARTS: [(&str, &str); 4] = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Checklist" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
    ];
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = PARTS.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, bytes) in parts.chain([("xl/worksheets/sheet1.xml", sheet)]) {
        archive.start_file(name, options).expect("memory takes a file");
        archive.write_all(bytes).expect("memory takes bytes");
    }
    archive.finish().expect("memory takes an end").into_inner()
}
