//! Pictures of the author's: in every format, with the words that tell what they show, and nothing in them runs.

use std::io::Read;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};

use crate::support::{Book, TODAY};

/// A red point.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"><script>document.title='x'</script>\
    <rect width=\"40\" height=\"30\" onload=\"document.title='x'\"/></svg>";

/// The sound book with a picture in each place: phase, step, standard, role-play and chapter.
pub(crate) fn shown() -> Book {
    let png = BASE64.decode(PNG).expect("a picture");
    Book::sound()
        .with("images/desk.png", &png)
        .with("images/door.svg", SVG)
        .with("chapters/01-welcome.md", "# Welcome\n\nHere it is: ![The door \"at night\"](../images/door.svg)\n\n![x](https://example.org/x.png)\n")
        .edit("sequences/visit.yaml", "    traits: [friendly]\n    steps:", "    traits: [friendly]\n    image: {file: images/door.svg, alt: {en: The door, pl: Drzwi}}\n    steps:")
        .edit("sequences/visit.yaml", "        role: seller\n", "        role: seller\n        image: {file: images/desk.png, alt: {en: A step, pl: Krok}}\n")
        .edit("sequences/visit.yaml", "  - id: payment\n", "    scenarios:\n      - title: {en: A queue, pl: Kolejka}\n        situation: {en: Five people wait., pl: Czeka pięć osób.}\n        image: {file: images/door.svg, alt: {en: A queue at the till, pl: Kolejka do kasy}}\n  - id: payment\n")
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
    assert!(html.contains("alt=\"A queue at the till\""));
    assert!(book.read(&run("html", "pl")).contains("alt=\"Lada\""));

    let markdown = book.read(&run("md", "en"));
    assert!(markdown.contains("![A step](images/desk.png)") && markdown.contains("](images/door.svg)"), "{markdown}");

    let docx = std::fs::File::open(book.path().join(run("docx", "en"))).expect("a package");
    let mut package = zip::ZipArchive::new(docx).expect("a package");
    let names = package.file_names().map(|name| name.expect("a name").into_owned());
    let media: Vec<String> = names.filter(|name| name.starts_with("word/media/")).collect();
    // A drawing is one of points there, if the program can draw.
    let files = if cfg!(feature = "pdf") { 2 } else { 1 };
    assert_eq!(media.len(), files, "one file, however often it is shown: {media:?}");
    assert!(media.iter().all(|name| name.ends_with(".png")), "{media:?}");
    let mut document = String::new();
    package.by_name("word/document.xml").expect("a part").read_to_string(&mut document).expect("text");
    assert!(document.contains("descr=\"The desk, &lt;tidy&gt;\""), "{document}");
    assert!(document.contains(if cfg!(feature = "pdf") { "descr=\"The door\"" } else { "[The door]" }), "{document}");
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
    let mut book = book.with("images/desk.png", huge);
    book.run("check").ends(1).prints("65,535 × 65,535").prints("sequences/visit.yaml");
    for (bytes, told) in [
        (&b"no picture"[..], "it is no PNG, JPEG or SVG"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "it is no PNG, JPEG or SVG"),
        (&BASE64.decode(PNG).expect("a picture")[..60], "it is damaged, or ends too early"),
        (b"<svg><g></svg>", "it is no SVG that can be read"),
        (b"<svg><g id='a'><use href='#b'/><use href='#b'/></g></svg", "it is no SVG that can be read"),
        (bomb().as_bytes(), "it is a drawing of too many parts"),
    ] {
        book = book.with("images/desk.png", bytes);
        book.run("check").ends(1).prints(told).prints("sequences/visit.yaml");
    }
    std::fs::remove_file(book.path().join("images/desk.png")).expect("the picture");
    book.run("check --format json").ends(1).prints("images/desk.png");
    let book = book.edit(
        "sequences/visit.yaml",
        "{file: images/desk.png, alt: {en: A step",
        "{file: ../../desk.png, alt: {en: A step",
    );
    book.run("check").ends(1).prints("cannot be shown").prints("[path-outside-book]");
    // Whether there is such a file makes no difference.
    let book = book.edit("sequences/visit.yaml", "{file: ../../desk.png", "{file: images/../../x.png");
    book.run("check").ends(1).prints("[path-outside-book]");
    let book = Book::sound().with("chapters/01-a.md", "# A\n\n![The desk](../../x.png)\n");
    book.run("check").ends(1).prints("[path-outside-book]");
    let book = Book::sound().edit(
        "sequences/visit.yaml",
        "        role: seller\n",
        "        role: seller\n        image: {file: images/a.png}\n",
    );
    book.run("check").ends(1).prints("missing-key").prints("alt");
}

/// A few lines that would draw a thousand million points.
fn bomb() -> String {
    let line = |n: usize| format!("<g id='a{}'>{}</g>", n + 1, format!("<use href='#a{n}'/>").repeat(10));
    format!("<svg xmlns='http://www.w3.org/2000/svg'><rect id='a0'/>{}</svg>", (0..9).map(line).collect::<String>())
}

/// Whatever a drawing brings along, and wherever it goes, nothing in it runs and nothing is fetched for it.
#[test]
fn nothing_of_a_drawing_is_left_but_the_picture() {
    let hostile = "<?xml version='1.0'?><?xml-stylesheet href='https://evil.example/a.css'?><!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\
        <svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 40 30' onload='evil()'>\
        <script>evil()</script><foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example'/></foreignObject>\
        <image href='https://evil.example/a.png'/><image xlink:href='file:///etc/passwd'/><use href='https://evil.example/a.svg#a'/>\
        <style>@import 'https://evil.example/a.css'; rect{fill:url(https://evil.example/#a)}</style>\
        <a xlink:href='javascript:evil()'><rect width='40' height='30' onclick='evil()'/></a><text y='9'>你好 😀</text></svg>";
    let book = shown().edit("chapters/01-welcome.md", "![x](https://example.org/x.png)\n", "");
    let book = book.with("images/door.svg", hostile).with("images/logo.svg", hostile);
    let book = book.edit("gamma-ok.yaml", "derive: false", "derive: false\nbrand: {logo: images/logo.svg}");
    book.run("check").ends(0);
    book.run(&format!("manual --format html --today {TODAY} -o m.html")).ends(0).says_nothing();
    let page = book.read("m.html");
    let mut drawings = 0;
    for encoded in page.split("data:image/svg+xml;base64,").skip(1) {
        let encoded = encoded.split('"').next().expect("an end");
        let drawing = String::from_utf8(BASE64.decode(encoded).expect("base64")).expect("text");
        for evil in ["evil", "passwd", "script", "iframe", "<!", "<?"] {
            assert!(!drawing.contains(evil), "{evil}: {drawing}");
        }
        drawings += 1;
    }
    assert!(drawings > 2, "{drawings}");
    assert!(!page.contains("evil"));
}

/// In a chapter too a picture without words is a fault, and each is told where it stands.
#[test]
fn a_picture_of_a_chapter_has_words_and_a_place() {
    let chapter = "\u{feff}# Hall\r\n\r\nSee ![](../images/door.svg), ![ ](images/desk.png) and ![*The* door](images/door.svg).\r\n";
    let book = shown().with("chapters/01-welcome.md", chapter);
    let told = |place: &str| format!("chapters/01-welcome.md:{place}");
    book.run("check")
        .ends(1)
        .prints(&told("3:5"))
        .prints(&told("3:30"))
        .prints("![The desk in the morning](../images/door.svg)");
    assert_eq!(book.run("check").ends(1).stdout().matches("[missing-key]").count(), 2);
    book.run("check --lang pl").prints("nic nie mówi temu, kto go nie widzi");
    book.run("check --lang sv").prints("säger ingenting till den som inte ser den");
    let away = book.with("chapters/01-welcome.md", "Away: ![A door](https://example.org/x.png)\n");
    away.run("check").ends(1).prints(&told("1:7")).prints("is not in the book");
}

/// How many pictures of points a PDF has.
#[cfg(feature = "pdf")]
pub(crate) fn drawn(pdf: &[u8]) -> usize {
    String::from_utf8_lossy(pdf).replace(' ', "").matches("/Subtype/Image").count()
}

/// One picture that nothing can draw takes no other with it.
#[test]
#[cfg(feature = "pdf")]
fn a_broken_picture_costs_a_pdf_that_picture_alone() {
    let good = BASE64.decode(PNG).expect("a picture");
    // Its pieces are whole, and there is nothing in them.
    let broken = [&good[..33], b"\0\0\0\0IDAT\x35\xaf\x06\x1e", &good[good.len() - 12..]].concat();
    let book = shown().edit("chapters/01-welcome.md", "![x](https://example.org/x.png)\n", "");
    let book = book.with("images/door.svg", &good).with("images/desk.png", &broken);
    let told = "`images/desk.png` cannot be drawn in a PDF";
    let shown = |book: &Book| {
        book.run(&format!("manual --lang en --today {TODAY} -o m.pdf")).ends(0).says(told);
        let pdf = std::fs::read(book.path().join("m.pdf")).expect("a file");
        drawn(&pdf)
    };
    let one = shown(&book);
    assert_eq!(shown(&book.with("images/door.svg", &broken)), 0);
    assert!(one > 0, "the other picture is there");
}

/// A phone holds a photograph as its sensor saw it, and notes which side is up and where it was taken.
#[test]
fn a_photograph_stands_upright_everywhere_and_tells_of_no_place() {
    use image::codecs::jpeg::JpegEncoder;
    let seen = image::RgbImage::from_fn(80, 60, |x, _| image::Rgb([x as u8, 0, 0]));
    let mut plain = Vec::new();
    seen.write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 90)).expect("encoded");
    let exif = b"\xff\xe1\0\x2eExif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 50.061 N";
    let photo = [&plain[..2], exif, &plain[2..]].concat();
    let book =
        shown().edit("chapters/01-welcome.md", "![x](https://example.org/x.png)\n", "").with("images/desk.png", &photo);
    book.run("check").ends(0);
    book.run(&format!("manual --lang en --today {TODAY} -o m.html")).ends(0);
    let page = book.read("m.html");
    let (_, after) = page.split_once("data:image/jpeg;base64,").expect("the photograph");
    let (encoded, size) = after.split_once('"').expect("an end");
    assert!(size.contains("width=\"60\" height=\"80\""), "{}", &size[..80]);
    let carried = BASE64.decode(encoded).expect("base64");
    assert!(!String::from_utf8_lossy(&carried).contains("GPS"));
    book.run(&format!("manual --lang en --today {TODAY} -o m.docx")).ends(0);
    let docx = std::fs::File::open(book.path().join("m.docx")).expect("a package");
    let mut package = zip::ZipArchive::new(docx).expect("a package");
    let names: Vec<String> = package.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let name = names.iter().find(|name| name.ends_with(".jpg")).expect("the photograph");
    let mut bytes = Vec::new();
    package.by_name(name).expect("a part").read_to_end(&mut bytes).expect("bytes");
    let upright = image::load_from_memory(&bytes).expect("a photograph");
    assert_eq!((upright.width(), upright.height()), (60, 80));
}
