//! Documents with a title of their own, tables in the cells of others, links and pictures: nothing of them is lost.

use super::book;
use super::samples::{archive, docx, styled};
use crate::support::Book;

const STYLES: &str = "<w:style w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style><w:style w:styleId=\"Heading1\"><w:name \
                      w:val=\"heading 1\"/></w:style><w:style w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/></w:style>";

fn cell(body: &str) -> String {
    format!("<w:tc><w:tcPr/>{body}</w:tc>")
}

fn words(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn imported(body: &str) -> (Book, serde_json::Value) {
    let book = book().with("work.docx", docx(body, STYLES));
    let json = book.run("import work.docx --format json").ends(0).json();
    (book, json)
}

#[test]
fn a_document_with_a_title_keeps_its_only_first_heading_as_a_phase() {
    let body = [
        styled("Title", "Serving a guest"),
        styled("Heading1", "Arrival"),
        words("• The clerk greets the guest."),
        styled("Heading2", "At the desk"),
        words("• The clerk hands over the card."),
    ];
    let (book, json) = imported(&body.concat());
    let text = book.read(json["files"][0].as_str().expect("a path"));
    assert!(text.contains("title: Serving a guest") || text.contains("en: Serving a guest"), "{text}");
    assert_eq!(
        (&json["standards"][0]["phase"], &json["standards"][1]["phase"]),
        (&"arrival".into(), &"arrival".into())
    );
    assert!(text.contains("step: at-desk") || text.contains("step: at-the-desk"), "{text}");
}

#[test]
fn a_table_of_standards_in_a_cell_is_a_table_of_its_own() {
    let inner = [row(&[cell(&words("Standard"))]), row(&[cell(&words("The clerk carries the bag."))])].concat();
    let body = [
        row(&[cell(&words("Standard")), cell(&words("Level"))]),
        row(&[
            cell(&format!("{}<w:tbl>{inner}</w:tbl><w:p/>", words("The bag is in the room."))),
            cell(&words("basic")),
        ]),
    ];
    let (_, json) = imported(&format!("<w:tbl>{}</w:tbl>", body.concat()));
    let texts: Vec<&str> = json["standards"]
        .as_array()
        .expect("standards")
        .iter()
        .map(|standard| standard["text"]["en"].as_str().expect("a text"))
        .collect();
    assert_eq!(texts, ["The bag is in the room.", "The clerk carries the bag."]);
}

#[test]
fn a_picture_of_a_document_is_named() {
    let picture = "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"Picture 1\" descr=\"The desk at eight\"/>\
                   <a:blip r:embed=\"rId4\"/></wp:inline></w:drawing></w:r></w:p>";
    let (_, json) = imported(&format!("{}{picture}", words("• The clerk greets the guest.")));
    let not_read = json["not_read"].as_array().expect("a list");
    assert!(not_read.iter().any(|unread| unread["value"] == "The desk at eight"), "{json:#}");
}

#[test]
fn where_a_link_of_a_document_leads_stands_behind_its_words() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">• The clerk follows </w:t></w:r><w:hyperlink r:id=\"rId9\"><w:r><w:t>the \
                plan</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>";
    let spaces = "xmlns:w=\"w\" xmlns:r=\"r\"";
    let link = "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
                Target=\"https://example.org/plan?a=1&amp;b=2\" TargetMode=\"External\"/>";
    let bytes = archive(&[
        ("word/document.xml", format!("<w:document {spaces}><w:body>{body}</w:body></w:document>")),
        ("word/_rels/document.xml.rels", format!("<Relationships>{link}</Relationships>")),
    ]);
    let book = book().with("work.docx", bytes);
    let json = book.run("import work.docx --format json").ends(0).json();
    let text = &json["standards"][0]["text"]["en"];
    assert_eq!(*text, "The clerk follows the plan (https://example.org/plan?a=1&b=2).");
}
