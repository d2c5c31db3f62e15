//! A form for ODK and KoboToolbox goes out, and its submissions come back as both servers export them.

use calamine::{Data, Reader, Xlsx};

use super::audit::stamp;
use crate::support::{Book, Run};

const FILE: &str = "audits/2026-03-01-market.yaml";

/// Separator of cells and sign between a group and what is in it, as ODK Central and KoboToolbox have them.
const SERVERS: [(char, &str); 2] = [(',', "-"), (';', "/")];

/// The names of a form's questions and calculations, each with the groups around it.
fn names(book: &Book, form: &str, between: &str) -> Vec<(String, String)> {
    let mut sheets: Xlsx<_> = calamine::open_workbook(book.path().join(form)).expect("a workbook");
    let survey = sheets.worksheet_range("survey").expect("the survey");
    let (mut groups, mut found) = (Vec::new(), Vec::new());
    for row in survey.rows().skip(1) {
        let cell = |at: usize| match &row[at] {
            Data::String(text) => text.clone(),
            other => other.to_string(),
        };
        match cell(0).as_str() {
            "begin_group" => groups.push(cell(1)),
            "end_group" => _ = groups.pop(),
            _ => {
                let path: Vec<String> = groups.iter().cloned().chain([cell(1)]).collect();
                let calculated = cell(5).trim_matches('\'').to_owned();
                found.push((path.join(between), calculated));
            }
        }
    }
    found
}

/// A table of submissions: what is calculated, and what somebody answered by the names of the questions.
fn table(book: &Book, (separator, between): (char, &str), rounds: &[(&str, &[(&str, &str)])]) -> String {
    let names = names(book, "form.xlsx", between);
    let (first, round) = match between {
        "-" => ("SubmissionDate", "KEY"),
        _ => ("_submission_time", "_uuid"),
    };
    let quoted = |cells: Vec<String>| -> String {
        let cells = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(&separator.to_string()) + "\r\n"
    };
    let heads = names.iter().map(|(name, _)| name.clone());
    let mut text = quoted([first.to_owned()].into_iter().chain(heads).chain([round.to_owned()]).collect());
    for (uuid, answers) in rounds {
        let value = |(name, calculated): &(String, String)| {
            let bare = name.rsplit(['-', '/']).next().unwrap_or_default();
            let said = answers.iter().find(|(asked, _)| *asked == bare).map(|(_, said)| (*said).to_owned());
            said.unwrap_or_else(|| calculated.clone())
        };
        let cells = ["2026-03-01T10:00:00.000Z".to_owned()].into_iter().chain(names.iter().map(value));
        text.push_str(&quoted(cells.chain([format!("uuid:{uuid}")]).collect()));
    }
    text
}

fn record(book: &Book, arguments: &str) -> Run {
    book.run(&format!("audit record {arguments} --today 2026-03-02"))
}

/// The number of a standard's question in the form of the market.
fn number(book: &Book, id: &str) -> String {
    let all = names(book, "form.xlsx", "-");
    let reference = format!("{id}@{}", stamp(book, id));
    let found = all.iter().find(|(_, calculated)| *calculated == reference);
    let (name, _) = found.unwrap_or_else(|| panic!("no {id}: {all:?}"));
    name.rsplit('-').next().and_then(|name| name.strip_suffix("_id")).expect("a question").to_owned()
}

fn market() -> Book {
    let book = Book::sound();
    book.run("export xlsform --site market -o form.xlsx").ends(0);
    book
}

const DAY: (&str, &str) = ("date", "2026-03-01");

#[test]
fn a_round_of_either_server_is_recorded_once() {
    for server in SERVERS {
        let book = market();
        let (greet, receipt, tags) = (number(&book, "greet"), number(&book, "receipt"), number(&book, "price-tags"));
        let of = |number: &str, behind: &str| format!("{number}{behind}");
        let (seen, note, what, due, why) = (
            of(&greet, "_values"),
            of(&receipt, "_note"),
            of(&receipt, "_action"),
            of(&receipt, "_due"),
            of(&tags, "_note"),
        );
        let hostile = "=1+1 \"${q_1}\"; {{ site }}\n# <b>no</b>, 'ok': [x]";
        let round: Vec<(&str, &str)> = vec![
            DAY,
            ("auditor", "quality-lead"),
            ("time", "14:30"),
            (&seen, "8; 12"),
            (&receipt, "not_met"),
            (&note, hostile),
            (&what, "Order paper"),
            (&due, "2026-03-20"),
            (&tags, "n_a"),
            (&why, "Stock-taking"),
        ];
        let other: Vec<(&str, &str)> = vec![DAY, ("auditor", "shift-lead"), (&receipt, "met")];
        let text = table(&book, server, &[("7f3c2a9e-1", &round), ("7f3c2a9e-2", &other)]);
        let book = book.with("sent.csv", &text);
        record(&book, "sent.csv").ends(0).prints(FILE).says("sent.csv:2: 3 answers taken");
        assert_eq!(book.files("audits").len(), 2, "{server:?}");
        let first = book.read(FILE);
        for said in ["round: 7f3c2a9e-1", "2026-03-01T14:30", "[8 s, 12 s]", "not met", "Order paper", "Stock-taking"] {
            assert!(first.contains(said), "{said}: {first}");
        }
        let json = book.run("audit report --format json --today 2026-03-02").json();
        assert_eq!(json["records"], 2, "{json}");
        book.run("check --today 2026-03-02").ends(0);
        // The note is what was typed, to the letter.
        let read = Book::sound().with(FILE, &first);
        let why = read.run("why receipt --format json --today 2026-03-02").json();
        assert_eq!(why["records"][0]["note"], hostile, "{why}");
        // The same again is nothing, more is added, something else is asked about.
        record(&book, "sent.csv").ends(0).prints_nothing().says("recorded already");
        let more: Vec<(&str, &str)> = other.iter().copied().chain([(tags.as_str(), "met")]).collect();
        let book = book.with("more.csv", table(&market(), server, &[("7f3c2a9e-2", &more)]));
        record(&book, "more.csv").ends(0).prints("is answered now");
        let otherwise: Vec<(&str, &str)> = vec![DAY, ("auditor", "shift-lead"), (&receipt, "not_met")];
        let book = book.with("other.csv", table(&market(), server, &[("7f3c2a9e-2", &otherwise)]));
        record(&book, "other.csv").ends(1).says("`met` there, `not met` here");
        record(&book, "other.csv --replace").ends(0).prints("`met` there, `not met` here");
    }
}

#[test]
fn what_is_wrong_with_one_round_keeps_no_other() {
    let book = market();
    let receipt = number(&book, "receipt");
    let (strange, sound) = ([DAY, (receipt.as_str(), "perhaps")], [DAY, (receipt.as_str(), "met")]);
    let text = table(&book, SERVERS[0], &[("a", &strange), ("b", &sound)]);
    let noted = text.replacen("\"SubmissionDate\"", "\"_notes\"", 1);
    let book = book.with("sent.csv", &text).with("noted.csv", noted);
    let run = record(&book, "sent.csv").ends(1);
    run.prints(&format!("sent.csv:2:{receipt}: `perhaps` is not an answer")).prints(FILE);
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
    record(&book, "noted.csv").ends(1).prints("noted.csv:3:_notes: the form does not ask for this");
    // As KoboToolbox exports it where nobody asks for names.
    let (heads, rows) = text.split_once('\n').expect("a head");
    let heads = (1..40).fold(heads.to_owned(), |heads, n| heads.replace(&format!("-q_{n}\""), "-In words\""));
    let words = format!("{heads}\n{rows}");
    let book = book.with("words.csv", words);
    record(&book, "words.csv")
        .ends(1)
        .prints("words.csv:1: the columns of this table are headed by the questions' words");
}

#[test]
fn photographs_come_along_without_the_place_where_they_were_taken() {
    let book = market();
    let receipt = number(&book, "receipt");
    let (photo, missing) = (format!("{receipt}_photo"), format!("{}_photo", number(&book, "price-tags")));
    let round = [DAY, (receipt.as_str(), "not_met"), (photo.as_str(), "1716 Desk.jpg"), (missing.as_str(), "gone.jpg")];
    let text = table(&book, SERVERS[0], &[("0a1b2c3d-4e5f", &round)]);
    let picture = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, 7]));
    let mut plain = Vec::new();
    picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut plain)).expect("a JPEG");
    // Behind the first two bytes what a camera writes.
    let picture = [&plain[..2], b"\xff\xe1\0\x0dExif\0\0place", &plain[2..]].concat();
    let book = book.with("sent/sent.csv", &text).with("sent/media/1716 Desk.jpg", &picture);
    record(&book, "sent/sent.csv --dry-run").ends(0).prints("photos/");
    assert!(!book.path().join("audits").exists());
    let run = record(&book, "sent/sent.csv").ends(0).prints(FILE);
    run.says("the photograph `gone.jpg` of item").says("is not taken in");
    let photos = book.files("audits/photos");
    let [photo] = photos.as_slice() else { panic!("{photos:?}") };
    let kept = std::fs::read(book.path().join("audits/photos").join(photo)).expect("the photograph");
    assert!(kept.starts_with(b"\xff\xd8") && !String::from_utf8_lossy(&kept).contains("place"));
    assert!(book.read(FILE).contains(&format!("photos/{photo}")), "{}", book.read(FILE));
    book.run("check --today 2026-03-02").ends(0).omits("photos");
    record(&book, "sent/sent.csv").ends(0).says("recorded already");
}

/// Phones send photographs as their camera takes them.
#[test]
fn a_photograph_as_a_camera_takes_it_is_made_small() {
    let book = market();
    let receipt = number(&book, "receipt");
    let photo = format!("{receipt}_photo");
    let round = [DAY, (receipt.as_str(), "not_met"), (photo.as_str(), "1.jpg")];
    let text = table(&book, SERVERS[0], &[("0a1b2c3d-4e5f", &round)]);
    let picture =
        image::RgbImage::from_fn(4000, 3000, |x, y| image::Rgb([(x / 16) as u8, (y / 12) as u8, (x ^ y) as u8]));
    let mut bytes = Vec::new();
    picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95)).expect("a JPEG");
    assert!(bytes.len() > 1_500_000);
    let book = book.with("sent/sent.csv", &text).with("sent/media/1.jpg", &bytes);
    record(&book, "sent/sent.csv").ends(0).prints(FILE);
    let photos = book.files("audits/photos");
    let [photo] = photos.as_slice() else { panic!("{photos:?}") };
    let kept = std::fs::read(book.path().join("audits/photos").join(photo)).expect("the photograph");
    assert!(kept.len() <= 300_000, "{}", kept.len());
    let kept = image::load_from_memory(&kept).expect("a picture");
    assert_eq!((kept.width(), kept.height()), (1600, 1200));
    record(&book, "sent/sent.csv").ends(0).says("recorded already");
    assert_eq!(book.files("audits/photos"), photos);
}

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn jpeg(shade: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, shade]));
    let mut bytes = Vec::new();
    picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut bytes)).expect("a JPEG");
    bytes
}

/// A table as a workbook: what looks like a number is one, as KoboToolbox stores it where somebody asks for that.
fn workbook(table: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Obchód w markecie").expect("a name");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(b';').from_reader(table.as_bytes());
    for (row, record) in (0u32..).zip(reader.records()) {
        for (column, cell) in (0u16..).zip(&record.expect("a row")) {
            match cell.parse::<f64>() {
                Ok(number) => _ = sheet.write_number(row, column, number).expect("a number"),
                Err(_) if cell.is_empty() => {}
                Err(_) => _ = sheet.write_string(row, column, cell).expect("a text"),
            }
        }
    }
    for (name, text) in more {
        book.add_worksheet().set_name(*name).expect("a name").write(0, 0, *text).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_of_submissions_is_read_as_the_table_is() {
    let book = market();
    let (greet, receipt) = (number(&book, "greet"), number(&book, "receipt"));
    let (seen, note) = (format!("{greet}_values"), format!("{receipt}_note"));
    let round = [DAY, ("auditor", "shift-lead"), (&*seen, "8; 12"), (&*receipt, "not_met"), (&*note, "Żółć")];
    let other = [DAY, ("auditor", "7"), (&*seen, "9"), (&*receipt, "met")];
    let text = table(&book, SERVERS[1], &[("7f3c-1", &round), ("7f3c-2", &other)]);
    let book = book.with("sent.xlsx", workbook(&text, &[])).with("sent.csv", &text);
    record(&book, "sent.xlsx").ends(0).prints(FILE).says("sent.xlsx:Obchód w markecie!A2: 2 answers taken");
    let first = book.read(FILE);
    for said in ["round: 7f3c-1", "[8 s, 12 s]", "Żółć"] {
        assert!(first.contains(said), "{said}: {first}");
    }
    // The same table as text says the same.
    record(&book, "sent.csv").ends(0).prints_nothing().says("recorded already");
    // A sheet beside it is told, and one cell that a spreadsheet has spoilt keeps its round out, and no other.
    let beside = market().with("beside.xlsx", workbook(&text, &[("Notes", "ask the manager")]));
    record(&beside, "beside.xlsx").ends(1).prints("beside.xlsx:Notes!A1: this sheet holds no submissions").prints(FILE);
    let spoilt = market().with("spoilt.xlsx", workbook(&text.replacen("8; 12", "46024", 1), &[]));
    let run = record(&spoilt, "spoilt.xlsx").ends(1);
    run.prints(&format!("spoilt.xlsx:Obchód w markecie!A2:{seen}: this cell holds 46024")).prints(FILE);
    assert_eq!(spoilt.files("audits"), ["2026-03-01-market.yaml"]);
    // Headed in words instead of names.
    let (heads, rows) = text.split_once('\n').expect("a head");
    let heads = (1..40).fold(heads.to_owned(), |heads, n| heads.replace(&format!("/q_{n}\""), "/In words\""));
    let words = market().with("words.xlsx", workbook(&format!("{heads}\n{rows}"), &[]));
    record(&words, "words.xlsx").ends(1).prints("headed by the questions' words");
}

#[test]
fn an_archive_is_taken_as_the_server_made_it() {
    let book = market();
    let receipt = number(&book, "receipt");
    let (photo, other) = (format!("{receipt}_photo"), format!("{}_photo", number(&book, "price-tags")));
    let one = [DAY, ("auditor", "shift-lead"), (&*receipt, "not_met"), (&*photo, "1.jpg"), (&*other, "gone.jpg")];
    let two = [("date", "2026-03-02"), (&*receipt, "not_met"), (&*photo, "1.jpg")];
    // ODK Central: the table and a folder.
    let central = table(&book, SERVERS[0], &[("a-1", &one)]);
    let book = book.with("central.zip", archive(&[("form.csv", central.as_bytes()), ("media/1.jpg", &jpeg(1))]));
    let run = record(&book, "central.zip").ends(0).prints(FILE).says("central.zip/form.csv:2: 1 answer taken");
    run.says("the photograph `gone.jpg` of item").says("no such file in the archive");
    assert_eq!(book.files("audits/photos").len(), 1);
    // KoboToolbox: a workbook, and an archive of photographs, in which two rounds have one of the same name.
    let kobo = table(&book, SERVERS[1], &[("b-1", &one), ("b-2", &two)]);
    let album = archive(&[("lead/attachments/f/b-1/1.jpg", &jpeg(2)), ("lead/attachments/f/b-2/1.jpg", &jpeg(3))]);
    let book = market().with("kobo.xlsx", workbook(&kobo, &[])).with("photos.zip", album);
    record(&book, "photos.zip kobo.xlsx").ends(0).prints(FILE).prints("audits/2026-03-02-market.yaml");
    assert_eq!(book.files("audits/photos").len(), 2);
    let photograph = |path: &str| book.read(path).lines().find(|line| line.contains("photos/")).map(str::to_owned);
    assert!(photograph(FILE).is_some() && photograph(FILE) != photograph("audits/2026-03-02-market.yaml"));
    book.run("check --today 2026-03-03").ends(0).omits("photos");
}

#[test]
fn an_archive_that_is_none_of_a_servers_is_told() {
    let book = market();
    let central = table(&book, SERVERS[0], &[("a-1", &[DAY, (number(&book, "receipt").as_str(), "met")])]);
    let whole = archive(&[("form.csv", central.as_bytes()), ("media/1.jpg", &jpeg(1))]);
    for (name, bytes, said) in [
        ("empty.zip", archive(&[]), "neither a table of submissions nor a photograph"),
        ("text.zip", archive(&[("read me.txt", b"x")]), "neither a table of submissions nor a photograph"),
        ("other.zip", archive(&[("feedback.csv", b"date,rating\n2026-03-01,5\n")]), "other.zip/feedback.csv"),
        ("cut.zip", whole[..whole.len() / 2].to_vec(), "the file is broken"),
        ("lying.zip", [&b"PK\x03\x04"[..], &[0; 40]].concat(), "the file is broken"),
        ("none.zip", b"date,q_1\n".to_vec(), "the file is broken"),
        ("bomb.zip", archive(&[("form.csv", &vec![b' '; 66 << 20])]), "cannot be unpacked"),
    ] {
        let book = market().with(name, bytes);
        record(&book, name).ends(1).prints(said);
        assert!(!book.path().join("audits").exists(), "{name}");
    }
    // What is beside the table is told, and the table is read; what a system puts there is nothing.
    let more = archive(&[
        ("form.csv", central.as_bytes()),
        ("notes.docx", b"x"),
        ("__MACOSX/._form.csv", b"x"),
        (".DS_Store", b"x"),
        ("../../audits/evil.png", b"x"),
    ]);
    let book = book.with("more.zip", more);
    record(&book, "more.zip").ends(1).prints("more.zip:notes.docx: this file of the archive is neither").prints(FILE);
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
}

#[test]
fn what_an_author_wrote_is_no_reference_and_no_formula() {
    let book = Book::sound().edit("sites/market.yaml", "en: Market", "en: \"=A1 ${q_1} *x* <b>\"");
    book.run("export xlsform --lang pl --lang en -o form.xlsx").ends(0);
    let mut sheets: Xlsx<_> = calamine::open_workbook(book.path().join("form.xlsx")).expect("a workbook");
    let choices = sheets.worksheet_range("choices").expect("the choices");
    let heads: Vec<String> = choices.rows().next().expect("heads").iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["list_name", "name", "label::polski (pl)", "label::English (en)"]);
    let market = choices.rows().find(|row| row[1] == "market").expect("the market");
    assert_eq!(market[3].to_string(), "=A1 $\u{2060}{q\\_1} x <\u{2060}b>");
    assert!(sheets.worksheet_formula("choices").is_ok_and(|formulas| formulas.is_empty()));
    // The same twice; another version as soon as a text is another.
    book.run("export xlsform --lang pl --lang en -o again.xlsx").ends(0);
    let bytes = |name: &str| std::fs::read(book.path().join(name)).expect("a file");
    assert!(bytes("form.xlsx") == bytes("again.xlsx"));
    let settings = |book: &Book, name: &str| -> Vec<String> {
        let mut sheets: Xlsx<_> = calamine::open_workbook(book.path().join(name)).expect("a workbook");
        let range = sheets.worksheet_range("settings").expect("the settings");
        range.rows().nth(1).expect("a row").iter().map(ToString::to_string).collect()
    };
    let before = settings(&book, "form.xlsx");
    let book = book.edit("sites/market.yaml", "=A1", "=A2");
    book.run("export xlsform --lang pl --lang en -o other.xlsx").ends(0);
    let after = settings(&book, "other.xlsx");
    assert_eq!((&before[1], &before[3]), (&after[1], &after[3]));
    assert_ne!(before[2], after[2]);
}
