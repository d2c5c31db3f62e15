//! Files that were made to do harm, or came to some: a clear word, and nothing is written.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use super::book;
use super::samples::{archive, docx, english};

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A workbook around the text of its one sheet.
fn workbook(sheet: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned()),
        ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned()),
        ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{sheet}</worksheet>")),
    ])
}

#[test]
fn hostile_files_are_refused_with_a_clear_word() {
    let zeros = vec![b' '; 90 * 1024 * 1024];
    let bomb_of_cells = packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    let bomb_of_words = packed(&[("word/document.xml", &zeros)]);
    let deep = docx(&format!("{}{}", "<w:sdt>".repeat(5_000), "</w:sdt>".repeat(5_000)), "");
    let entities = archive(&[(
        "word/document.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>".to_owned(),
    )]);
    let huge = workbook(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>",
    );
    let sound = english().bytes;
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("bomb.xlsx", bomb_of_cells, "more than the program reads"),
        ("bomb.docx", bomb_of_words, "more than the program reads"),
        ("deep.docx", deep, "deep in one another"),
        ("entities.docx", entities, "no standards were found"),
        ("huge.xlsx", huge, ""),
        ("encrypted.xlsx", [&[0xd0u8, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat(), "password"),
        ("cut.xlsx", sound[..sound.len() / 2].to_vec(), "broken"),
        ("cut.docx", docx("<w:p>", "")[..200].to_vec(), "broken"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "not what its name says"),
        ("other.xlsx", archive(&[("readme.txt", "x".to_owned())]), "neither a workbook"),
        ("empty.csv", Vec::new(), "empty"),
    ];
    for (name, bytes, said) in cases {
        let book = book().with(name, &bytes);
        let start = Instant::now();
        let run = book.run_words(&["import", name]);
        assert!(start.elapsed() < Duration::from_secs(20), "{name} takes {:?}", start.elapsed());
        // One cell far away is a table without heads, whatever else a reader thinks of the workbook around it.
        if name == "huge.xlsx" {
            assert!(!run.stderr().contains("panicked") && !book.path().join("sequences").exists(), "{name}");
            continue;
        }
        let run = run.ends(2).says(name);
        run.says(said);
        assert!(!book.path().join("sequences").exists(), "{name}");
    }
}

#[test]
fn what_an_entity_stands_for_is_not_read() {
    let text = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY c SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>The clerk greets &c; the guest.</w:t></w:r></w:p></w:body></w:document>";
    let book = book().with("e.docx", archive(&[("word/document.xml", text.to_owned())]));
    let json = book.run("import e.docx --format json").ends(0).json();
    assert_eq!(json["standards"][0]["text"]["en"], "The clerk greets the guest.");
}

#[test]
fn a_right_file_under_a_wrong_name_is_read_by_what_it_is() {
    let book = book().with("reception.csv", english().bytes);
    book.run("import reception.csv").ends(0);
    let book = super::book().with("lista.xlsx", "Standard;Nivå\nKassören hälsar.;grundläggande\n");
    book.run("import lista.xlsx").ends(2).says("not what its name says");
}
