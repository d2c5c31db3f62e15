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

#[test]
fn an_only_first_heading_that_is_a_phase_of_the_sequence_has_steps_below_it() {
    let own = "id: stay\ntitle: Stay\nphases:\n  - id: check-in\n    title: Check-in\n    traits: [friendly]\n";
    let text = "# Check-in\n\n## At the desk\n\n- The clerk greets the guest.\n\n## At the lift\n\n- The clerk names the floor.\n\n### Later\n";
    let book = book().with("sequences/stay.yaml", own).with("work.md", text);
    let json = book.run("import work.md --into stay --dry-run --format json").ends(0).json();
    let phases: Vec<&str> =
        json["standards"].as_array().expect("a list").iter().filter_map(|one| one["phase"].as_str()).collect();
    assert_eq!(phases, ["check-in", "check-in"]);
    assert!(json["not_read"].to_string().contains("Later"), "{json}");
    book.run("import work.md --into stay").ends(0);
    let after = book.read("sequences/stay.yaml");
    assert!(after.contains("- id: at-desk") || after.contains("- id: at-the-desk"), "{after}");
    assert_eq!(after.matches("  - id: check-in").count(), 1, "{after}");
    // Without a sequence that has such a phase it is the title.
    let json = self::book().with("work.md", text).run("import work.md --dry-run --format json").ends(0).json();
    assert_eq!(json["standards"][0]["sequence"], "check-in", "{json}");
}

#[test]
fn short_values_below_a_heading_are_in_its_language() {
    let csv = "Etap;Standard;Dlaczego;Jak\nRezerwacja;Recepcjonista podaje cenę.;Bo tak;Patrz na notes\n";
    let book = book().with("work.csv", csv);
    book.run("import work.csv").ends(0);
    let text = book.read(&format!("sequences/{}", book.files("sequences")[0]));
    for line in ["pl: Bo tak", "pl: Patrz na notes", "pl: Rezerwacja"] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    let book = self::book().with("work.csv", "Phase;Standard;Varför\nAnkomst;The clerk greets the guest.;Bra start\n");
    book.run("import work.csv").ends(0);
    let text = book.read(&format!("sequences/{}", book.files("sequences")[0]));
    assert!(text.contains("sv: Bra start") && text.contains("The clerk greets the guest."), "{text}");
}
