//! Pictures of the author's: in every format, with the words that tell what they show, and nothing in them runs.

use std::io::Read;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};

use crate::support::{Book, TODAY};

/// A red point.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"><script>document.title='x'</script>\
    <rect width=\"40\" height=\"30\" onload=\"document.title='x'\"/></svg>";

/// The sound book with a picture of each kind.
fn shown() -> Book {
    let png = BASE64.decode(PNG).expect("a picture");
    Book::sound()
        .with("images/desk.png", &png)
        .with("images/door.svg", SVG)
        .with("chapters/01-welcome.md", "# Welcome\n\nHere it is: ![The door \"at night\"](../images/door.svg)\n\n![x](https://example.org/x.png)\n")
        .edit("sequences/visit.yaml", "    traits: [friendly]\n    steps:", "    traits: [friendly]\n    image: {file: images/door.svg, alt: {en: The door, pl: Drzwi}}\n    steps:")
        .edit("sequences/visit.yaml", "        role: seller\n", "        role: seller\n        image: {file: images/desk.png, alt: {en: A step, pl: Krok}}\n")
        .edit("sequences/visit.yaml", "        sources: [Mystery", "        image: {file: images/desk.png, alt: {en: \"The desk, <tidy>\", pl: Lada}}\n        sources: [Mystery")
}

#[test]
fn pictures_stand_in_every_format_with_their_words() {
    let book = shown();
    book.run("check").ends(1).prints("`https://example.org/x.png` is not in the book");
    let book = book.edit("chapters/01-welcome.md", "![x](https://example.org/x.png)\n", "");
    book.run("check").ends(0);
    let run = |format: &str, lang: &str| {
        let name = format!("m.{lang}.{format}");
        book.run(&format!("manual --lang {lang} --today {TODAY} -o {name}")).ends(0);
        name
    };
    let html = book.read(&run("html", "en"));
    for words in [
        "alt=\"The door\"",
        "alt=\"A step\"",
        "alt=\"The desk, &lt;tidy&gt;\"",
        "alt=\"The door &quot;at night&quot;\"",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(html.contains(&format!("src=\"data:image/png;base64,{PNG}\"")));
    // As a picture, an SVG runs nothing; as markup of the page it would.
    assert!(html.contains("src=\"data:image/svg+xml;base64,") && !html.contains("<rect width=\"40\""));
    assert!(book.read(&run("html", "pl")).contains("alt=\"Lada\""));

    let markdown = book.read(&run("md", "en"));
    assert!(markdown.contains("![A step](images/desk.png)") && markdown.contains("](images/door.svg)"), "{markdown}");

    let docx = std::fs::File::open(book.path().join(run("docx", "en"))).expect("a package");
    let mut package = zip::ZipArchive::new(docx).expect("a package");
    let names = package.file_names().map(|name| name.expect("a name").into_owned());
    let media: Vec<String> = names.filter(|name| name.starts_with("word/media/")).collect();
    assert_eq!(media.len(), 1, "one file, however often it is shown: {media:?}");
    let mut document = String::new();
    package.by_name("word/document.xml").expect("a part").read_to_string(&mut document).expect("text");
    assert!(document.contains("descr=\"The desk, &lt;tidy&gt;\"") && document.contains("[The door]"), "{document}");
    let mut links = String::new();
    package.by_name("word/_rels/document.xml.rels").expect("a part").read_to_string(&mut links).expect("text");
    assert!(links.contains(media[0].trim_start_matches("word/")), "{links}");
    // What changes in a picture's file is made again.
    book.run("build --lang en --format html").ends(0);
    let book = book.with("images/door.svg", SVG.replace("40 30", "41 30"));
    book.run("build --lang en --format html").ends(0).prints(" of them made anew");
}

#[test]
fn what_cannot_be_shown_is_told_and_left_out() {
    let huge = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff"[..], &[8, 2, 0, 0, 0, 0, 0, 0, 0]].concat();
    let book = shown().edit("chapters/01-welcome.md", "![x](https://example.org/x.png)\n", "");
    let book = book.with("images/desk.png", huge);
    book.run("check").ends(1).prints("65,535 × 65,535").prints("sequences/visit.yaml");
    let book = book.with("images/desk.png", "no picture");
    book.run("check").ends(1).prints("it is no PNG, JPEG or SVG");
    std::fs::remove_file(book.path().join("images/desk.png")).expect("the picture");
    book.run("check --format json").ends(1).prints("images/desk.png");
    let book = book.edit(
        "sequences/visit.yaml",
        "{file: images/desk.png, alt: {en: A step",
        "{file: ../../desk.png, alt: {en: A step",
    );
    book.run("check").ends(1).prints("cannot be shown");
    let book = Book::sound().edit(
        "sequences/visit.yaml",
        "        role: seller\n",
        "        role: seller\n        image: {file: images/a.png}\n",
    );
    book.run("check").ends(1).prints("missing-key").prints("alt");
}
