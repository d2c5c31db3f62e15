//! Files as houses make them: a title row, merged and coloured heads, numbers as text, two languages side by side, notes below;
//! a procedure with headings, lists, a table with merged cells, tracked changes and a text box.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook};

/// A file, and every sentence that somebody wrote into it.
pub struct Sample {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub sentences: Vec<String>,
    /// How many standards it holds.
    pub standards: usize,
}

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x1f_4e_79))
        .set_font_color(Color::White)
        .set_align(FormatAlign::Center)
}

fn band() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0xdd_eb_f7))
}

/// A hotel's sheet in English and Polish.
#[expect(clippy::too_many_lines, reason = "a sheet, row by row")]
pub fn english() -> Sample {
    let rows: [(&str, &[[&str; 7]]); 3] = [
        (
            "1. Arrival",
            &[
                [
                    "1.1",
                    "The receptionist greets the guest within 10 seconds of their reaching the desk.",
                    "Recepcjonista wita gościa w ciągu 10 sekund od podejścia do lady.",
                    "Basic",
                    "Personal",
                    "10 s",
                    "x",
                ],
                [
                    "1.2",
                    "The receptionist uses the guest's name at least once.",
                    "Recepcjonista co najmniej raz zwraca się do gościa po nazwisku.",
                    "Expected",
                    "Personal",
                    "",
                    "",
                ],
                [
                    "1.3",
                    "The desk is free of papers and cups.",
                    "Na ladzie nie ma papierów ani kubków.",
                    "Basic",
                    "Product",
                    "",
                    "",
                ],
            ],
        ),
        (
            "2. Stay",
            &[
                [
                    "2.1",
                    "Room service brings the order within 30 minutes.",
                    "Obsługa pokojowa przynosi zamówienie w ciągu 30 minut.",
                    "",
                    "",
                    "30 min",
                    "",
                ],
                [
                    "2.2",
                    "The room temperature is between 20 and 22 °C on arrival.",
                    "Temperatura w pokoju przy przyjeździe wynosi od 20 do 22 °C.",
                    "",
                    "product",
                    "20–22 °C",
                    "",
                ],
            ],
        ),
        (
            "3. Departure",
            &[[
                "3.1",
                "The bill lies ready when the guest comes to the desk.",
                "Rachunek leży gotowy, gdy gość podchodzi do lady.",
                "exclusive",
                "procedural",
                "",
                "x",
            ]],
        ),
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Reception").expect("a name");
    let title = Format::new().set_bold().set_font_size(18);
    sheet.merge_range(0, 0, 0, 6, "Service standards of the reception 2026", &title).expect("a title");
    // One heading over two languages, and the others merged over both rows.
    sheet.merge_range(2, 1, 2, 2, "Standard", &head()).expect("a head");
    sheet.write_with_format(3, 1, "English", &head()).expect("a head");
    sheet.write_with_format(3, 2, "Polski", &head()).expect("a head");
    for (column, text) in [(0, "No."), (3, "Level"), (4, "Type"), (5, "Measure"), (6, "Critical")] {
        sheet.merge_range(2, column, 3, column, text, &head()).expect("a head");
    }
    let mut sentences = vec!["Service standards of the reception 2026".to_owned()];
    let (mut row, mut standards) = (4, 0);
    for (phase, items) in rows {
        sheet.merge_range(row, 0, row, 6, phase, &band()).expect("a band");
        sentences.push(phase.split_once(' ').expect("a number").1.to_owned());
        row += 1;
        for item in items {
            for (column, text) in (0u16..).zip(item) {
                if !text.is_empty() {
                    sheet.write(row, column, *text).expect("a cell");
                }
            }
            sentences.extend([item[1].to_owned(), item[2].to_owned()]);
            standards += 1;
            row += 1;
        }
    }
    let notes = ["Note: valid from 1 March 2026.", "Approved by the front-office manager"];
    for (offset, note) in (1u32..).zip(notes) {
        sheet.write(row + offset, 0, note).expect("a note");
        sentences.push(note.to_owned());
    }
    Sample { name: "reception.xlsx", bytes: book.save_to_buffer().expect("a workbook"), sentences, standards }
}

/// A shop's sheet in Polish: phases merged downwards, numbers and times as text, a column for remarks.
pub fn polish() -> Sample {
    let heads =
        ["Lp.", "Etap", "Krok", "Treść standardu", "Poziom", "Osoba odpowiedzialna", "Czas [s]", "Dlaczego?", "Uwagi"];
    let rows: [[&str; 9]; 6] = [
        [
            "1",
            "Wejście",
            "Przy drzwiach",
            "Sprzedawca wita klienta w ciągu 15 sekund od wejścia.",
            "podst.",
            "Sprzedawca",
            "15",
            "Pierwsze wrażenie decyduje.",
            "",
        ],
        [
            "2",
            "",
            "Przy drzwiach",
            "Podłoga przy wejściu jest sucha.",
            "podstawowy",
            "Sprzedawca",
            "",
            "",
            "zimą częściej",
        ],
        ["3", "", "Przy półce", "Cena stoi przy każdym towarze.", "oczekiwany", "Kierownik zmiany", "", "", ""],
        [
            "4",
            "Kasa",
            "",
            "Kasjer wydaje paragon każdemu klientowi.",
            "Podstawowy",
            "Kasjer",
            "",
            "Wymaga tego prawo.",
            "",
        ],
        ["5", "", "", "Klient czeka w kolejce najwyżej 120 sekund.", "oczekiwany", "Kasjer", "120", "", ""],
        ["6", "", "", "Kasjer dziękuje klientowi za zakupy.", "", "Kasjer", "", "", "do omówienia"],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Standardy").expect("a name");
    sheet.merge_range(0, 0, 0, 8, "STANDARDY OBSŁUGI W SKLEPIE", &band()).expect("a title");
    for (column, text) in (0u16..).zip(heads) {
        sheet.write_with_format(1, column, text, &head()).expect("a head");
    }
    let mut sentences = vec!["STANDARDY OBSŁUGI W SKLEPIE".to_owned()];
    for (row, cells) in (2u32..).zip(rows) {
        for (column, text) in (0u16..).zip(cells).filter(|(column, text)| *column != 1 && !text.is_empty()) {
            // Numbers and times stand as text, as they often do.
            sheet.write_string(row, column, text).expect("a cell");
        }
        sentences.extend([cells[3], cells[7], cells[8]].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
    }
    sheet.merge_range(2, 1, 4, 1, "Wejście", &band()).expect("a phase");
    sheet.merge_range(5, 1, 7, 1, "Kasa", &band()).expect("a phase");
    sheet.write(9, 3, "Zatwierdził: kierownik sklepu").expect("a note");
    sentences
        .extend(["Wejście", "Kasa", "Przy drzwiach", "Przy półce", "Zatwierdził: kierownik sklepu"].map(str::to_owned));
    Sample { name: "standardy-sklep.xlsx", bytes: book.save_to_buffer().expect("a workbook"), sentences, standards: 6 }
}

/// A Swedish sheet: a phase on each tab.
pub fn swedish() -> Sample {
    let tabs: [(&str, &[[&str; 6]]); 2] = [
        (
            "Ankomst",
            &[
                ["1", "Receptionisten hälsar gästen inom 10 sekunder.", "Första intrycket avgör.", "2", "ja", "10 s"],
                ["2", "Minst 2 handdukar hänger i badrummet.", "", "1", "nej", "2"],
            ],
        ),
        (
            "Telefon",
            &[["1", "Receptionisten svarar inom 3 signaler.", "Den som väntar lägger på.", "1", "nej", "≤ 3 signaler"]],
        ),
    ];
    let mut book = Workbook::new();
    let mut sentences = Vec::new();
    for (tab, rows) in tabs {
        let sheet = book.add_worksheet();
        sheet.set_name(tab).expect("a name");
        for (column, text) in (0u16..).zip(["Nr", "Krav", "Varför", "Vikt", "Kritisk", "Mått"]) {
            sheet.write_with_format(0, column, text, &head()).expect("a head");
        }
        for (row, cells) in (1u32..).zip(rows) {
            for (column, text) in (0u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, *text).expect("a cell");
            }
            sentences.extend([cells[1], cells[2]].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
        }
        sentences.push(tab.to_owned());
    }
    Sample { name: "receptionen.xlsx", bytes: book.save_to_buffer().expect("a workbook"), sentences, standards: 3 }
}

/// The parts of a document around its text.
pub fn docx(body: &str, styles: &str) -> Vec<u8> {
    let spaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";
    let parts = [
        ("[Content_Types].xml", "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        ("_rels/.rels", "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned()),
        ("word/styles.xml", format!("<?xml version=\"1.0\"?><w:styles {spaces}>{styles}</w:styles>")),
        ("word/document.xml", format!("<?xml version=\"1.0\"?><w:document {spaces}><w:body>{body}</w:body></w:document>")),
        ("word/comments.xml", format!("<?xml version=\"1.0\"?><w:comments {spaces}><w:comment w:id=\"1\"><w:p><w:r><w:t>Is this still so?</w:t></w:r></w:p></w:comment></w:comments>")),
    ];
    archive(&parts)
}

/// An archive of these parts.
pub fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A paragraph of a style.
pub fn styled(style: &str, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

fn item(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"ListParagraph\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

/// A paragraph.
pub fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", plain(text))
}

/// An English procedure with everything that Word does.
pub fn procedure() -> Sample {
    let styles = "<w:style w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style><w:style w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/></w:style>\
                  <w:style w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>";
    let tracked = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t xml:space=\"preserve\">The agent calls back </w:t></w:r>\
                   <w:del w:id=\"1\"><w:r><w:delText>the next day</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>within 4 hours</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>";
    let boxed = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        plain("Keep calm, whatever the caller says."),
        plain("Keep calm, whatever the caller says.")
    );
    let table = format!(
        "<w:tbl><w:tr>{}{}{}</w:tr><w:tr>{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "Standard"),
        cell("", "Responsible"),
        cell("", "Why"),
        cell("<w:gridSpan w:val=\"3\"/>", "Complaints"),
        cell("", "The agent apologises in the first sentence."),
        cell("<w:vMerge w:val=\"restart\"/>", "Agent"),
        cell("", "An apology costs nothing &amp; calms."),
        cell("", "The agent records the complaint in the register."),
        cell("<w:vMerge/>", ""),
        cell("", ""),
    );
    let body = [
        styled("Title", "Telephone procedure"),
        plain("This procedure applies to all agents."),
        styled("Heading1", "1. Answering"),
        styled("Heading2", "1.1 The first words"),
        item("The agent answers within 3 rings."),
        item("The agent says the name of the house."),
        styled("Heading2", "1.2 Asking"),
        plain("• The agent asks for the caller's name."),
        styled("Heading1", "2. Ending"),
        tracked.to_owned(),
        boxed,
        table,
        plain("Questions go to the shift leader."),
    ]
    .concat();
    let sentences = [
        "Telephone procedure",
        "This procedure applies to all agents.",
        "Answering",
        "The first words",
        "The agent answers within 3 rings.",
        "The agent says the name of the house.",
        "Asking",
        "The agent asks for the caller's name.",
        "Ending",
        "The agent calls back within 4 hours.",
        "the next day",
        "Keep calm, whatever the caller says.",
        "The agent apologises in the first sentence.",
        "An apology costs nothing & calms.",
        "The agent records the complaint in the register.",
        "Complaints",
        "Questions go to the shift leader.",
        "Is this still so?",
    ];
    Sample {
        name: "telephone.docx",
        bytes: docx(&body, styles),
        sentences: sentences.map(str::to_owned).to_vec(),
        standards: 6,
    }
}

/// A Polish procedure without styles: short bold lines are its headings, and its bullets are typed.
pub fn procedura() -> Sample {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        bold("1. Przyjęcie wniosku"),
        plain("- Urzędnik wita interesanta w ciągu 30 sekund."),
        plain("- Urzędnik sprawdza, czy wniosek jest podpisany."),
        bold("2. Wydanie decyzji"),
        plain("1) Urzędnik wydaje potwierdzenie na piśmie."),
        plain("Procedura obowiązuje w całym urzędzie."),
    ]
    .concat();
    let sentences = [
        "Przyjęcie wniosku",
        "Urzędnik wita interesanta w ciągu 30 sekund.",
        "Urzędnik sprawdza, czy wniosek jest podpisany.",
        "Wydanie decyzji",
        "Urzędnik wydaje potwierdzenie na piśmie.",
        "Procedura obowiązuje w całym urzędzie.",
    ];
    Sample {
        name: "procedura.docx",
        bytes: docx(&body, ""),
        sentences: sentences.map(str::to_owned).to_vec(),
        standards: 3,
    }
}

/// All of them.
pub fn all() -> Vec<Sample> {
    vec![english(), polish(), swedish(), procedure(), procedura()]
}
