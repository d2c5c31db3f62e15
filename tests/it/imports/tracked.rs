//! Documents with tracked changes that nobody has accepted: paragraphs, rows and columns that were deleted, put in or moved, and
//! how something looked before.

use serde_json::{Value, json};

use super::book;
use super::samples::{docx, plain, styled};
use crate::support::Book;

const STYLES: &str = "<w:style w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>";

/// A run of words.
fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A run that is gone, as `w:del` or as `w:moveFrom`.
fn gone(change: &str, text: &str) -> String {
    let words = if change == "del" { "delText" } else { "t" };
    format!("<w:{change} w:id=\"7\"><w:r><w:{words} xml:space=\"preserve\">{text}</w:{words}></w:r></w:{change}>")
}

/// A row: what is said of it as a whole, and its cells.
fn row(properties: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<w:tc><w:tcPr/><w:p>{cell}</w:p></w:tc>")).collect();
    format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
}

/// What comes of a document: the texts of its standards, and each thing beside them with the reason.
fn imported(body: &str) -> (Book, Vec<String>, Vec<(String, String)>) {
    let book = book().with("work.docx", docx(body, STYLES));
    let json = book.run("import work.docx --format json --partial").json();
    let list = |key: &str| json[key].as_array().unwrap_or_else(|| panic!("no {key}: {json}")).clone();
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_else(|| panic!("no {key}: {value}")).to_owned();
    assert_eq!(json["not_understood"], json!([]), "{json:#}");
    let texts = list("standards").iter().map(|standard| word(&standard["text"], "en")).collect();
    let beside = list("not_read").iter().map(|unread| (word(unread, "value"), word(unread, "why"))).collect();
    (book, texts, beside)
}

/// The reason that is told for a text, and for no other.
fn why<'b>(beside: &'b [(String, String)], value: &str) -> &'b str {
    let found: Vec<&str> = beside.iter().filter(|(of, _)| of == value).map(|(_, why)| why.as_str()).collect();
    let [why] = found.as_slice() else { panic!("{value:?} is told {} times: {beside:#?}", found.len()) };
    why
}

#[test]
fn rows_that_were_deleted_or_moved_stand_where_the_changes_leave_them() {
    let head = row("", &[&run("Standard"), &run("Level")]);
    let body = [
        styled("Heading1", "Arrival"),
        "<w:tbl>".to_owned(),
        head,
        row("", &[&run("The clerk greets the guest within 10 seconds."), &run("basic")]),
        // As Word does it: the row is marked, and what is in it; as others do it: the row alone.
        row("<w:del w:id=\"1\"/>", &[&gone("del", "The clerk stamps the card."), &gone("del", "expected")]),
        row("<w:del w:id=\"2\"/>", &[&run("The clerk calls the porter."), &run("basic")]),
        row("<w:del w:id=\"3\"/>", &[&gone("moveFrom", "The clerk offers water."), &gone("moveFrom", "exclusive")]),
        row("<w:ins w:id=\"4\"/>", &[&run("The clerk names the breakfast hours."), &run("basic")]),
        row("", &[&run("The clerk gives the key."), &run("basic")]),
        row("<w:ins w:id=\"5\"/>", &[&gone("moveTo", "The clerk offers water."), &gone("moveTo", "exclusive")]),
        row("<w:del w:id=\"6\"/>", &["", ""]),
        "</w:tbl>".to_owned(),
    ];
    let (book, texts, beside) = imported(&body.concat());
    assert_eq!(
        texts,
        [
            "The clerk greets the guest within 10 seconds.",
            "The clerk names the breakfast hours.",
            "The clerk gives the key.",
            "The clerk offers water.",
        ],
        "{beside:#?}"
    );
    assert!(why(&beside, "The clerk stamps the card. · expected").contains("deleted this row"));
    assert!(why(&beside, "The clerk calls the porter. · basic").contains("deleted this row"));
    assert!(why(&beside, "The clerk offers water. · exclusive").contains("moved it with tracked changes"));
    assert!(why(&beside, "The clerk names the breakfast hours. · basic").contains("put this row in"));
    let file = book.files("sequences").into_iter().next().expect("a file");
    assert!(!book.read(&format!("sequences/{file}")).contains("porter"));
    book.run("check").ends(0);
}

#[test]
fn columns_that_were_deleted_are_no_columns() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", plain(text));
    let gone = "<w:cellDel w:id=\"1\"/>";
    let row = |texts: [&str; 3]| {
        format!(
            "<w:tr>{}{}{}</w:tr>",
            cell("", texts[0]),
            cell(gone, texts[1]),
            cell("<w:cellIns w:id=\"2\"/>", texts[2])
        )
    };
    let rows = [row(["Standard", "Scored in 2024", "Level"]), row(["The clerk gives the key.", "high", "basic"])];
    let body = format!("{}<w:tbl>{}</w:tbl>", styled("Heading1", "Arrival"), rows.concat());
    let (book, texts, beside) = imported(&body);
    assert_eq!(texts, ["The clerk gives the key."]);
    assert!(why(&beside, "Scored in 2024").contains("struck it") && why(&beside, "basic").contains("put it in"));
    let file = book.files("sequences").into_iter().next().expect("a file");
    assert!(book.read(&format!("sequences/{file}")).contains("level: basic"));
}

#[test]
fn paragraphs_are_those_that_the_changes_leave() {
    let list = "<w:numPr><w:numId w:val=\"1\"/></w:numPr>";
    let marked =
        |mark: &str, text: &str| format!("<w:p><w:pPr>{list}<w:rPr><w:{mark} w:id=\"9\"/></w:rPr></w:pPr>{text}</w:p>");
    let whole = |text: &str| format!("<w:p><w:pPr>{list}</w:pPr>{}</w:p>", run(text));
    // How it looked before is said after how it looks.
    let former = "<w:pPrChange w:id=\"1\"><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr></w:pPrChange>";
    let was_bold = "<w:rPr><w:rPrChange w:id=\"2\"><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr>";
    let body = [
        styled("Heading1", "Arrival"),
        // Somebody made one paragraph of two.
        marked("del", &run("The clerk greets the guest ")),
        whole("within 10 seconds."),
        // Somebody made two of one.
        marked("ins", &run("The clerk gives the key.")),
        whole("The clerk shows the way."),
        // A paragraph is gone as a whole.
        marked("del", &gone("del", "The clerk bows.")),
        whole("The clerk carries a bag."),
        format!("<w:p><w:pPr>{list}{former}</w:pPr><w:r>{was_bold}<w:t>The clerk offers water.</w:t></w:r></w:p>"),
        // The last paragraph has nothing to go on with.
        marked("moveFrom", &gone("moveFrom", "The clerk smiles.")),
        marked("del", &run("The clerk says goodbye.")),
    ];
    let (_, texts, beside) = imported(&body.concat());
    assert_eq!(
        texts,
        [
            "The clerk greets the guest within 10 seconds.",
            "The clerk gives the key.",
            "The clerk shows the way.",
            "The clerk carries a bag.",
            "The clerk offers water.",
            "The clerk says goodbye.",
        ],
        "{beside:#?}"
    );
    assert!(why(&beside, "The clerk bows.").contains("struck it"));
    assert!(why(&beside, "The clerk smiles.").contains("moved it"));
}
