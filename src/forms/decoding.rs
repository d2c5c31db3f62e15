//! Bytes → text, whatever program wrote them.

use encoding_rs::{Encoding, ISO_8859_2, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

/// Bytes from 0x80 that are a letter of Polish in Windows-1250 and no letter of a western language in Windows-1252:
/// ą Ą ł Ł ś Ś ź Ź ż Ż, and ć ń ę, which are rare western ones.
const POLISH: &[u8] = &[0xb9, 0xa5, 0xb3, 0xa3, 0x9c, 0x8c, 0x9f, 0x8f, 0xbf, 0xaf, 0xe6, 0xf1, 0xea];

/// ą Ą ś Ś ź Ź in ISO 8859-2, where Windows-1250 and Windows-1252 have no letter of theirs.
const POLISH_ISO: &[u8] = &[0xb1, 0xa1, 0xb6, 0xa6, 0xbc, 0xac];

/// ą Ą ś Ś ź Ź in Windows-1250.
const POLISH_WINDOWS: &[u8] = &[0xb9, 0xa5, 0x9c, 0x8c, 0x9f, 0x8f];

/// Bytes that are a letter of Swedish or its neighbours in Windows-1252 and a letter that Polish lacks in Windows-1250: å Å,
/// è à â ç, and the western quotation marks' neighbours.
const WESTERN: &[u8] = &[0xe5, 0xc5, 0xe8, 0xe0, 0xe7, 0xf8, 0xd8];

/// The text of a table or a form, whatever program wrote it, without a byte-order mark.
///
/// UTF-8 and UTF-16 say so themselves. Of the encodings of one byte a letter that offices in Poland and Sweden have,
/// the letters tell: those that stand beside other letters are counted that only Polish, or only Swedish and its neighbours
/// have. `polish` decides where they tell nothing. Lines that end as they did on old Macintoshes end as all others.
pub fn decode(bytes: &[u8], polish: bool) -> String {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => {
                let encoding = match (is_polish(bytes, polish), is_iso(bytes)) {
                    (true, true) => ISO_8859_2,
                    (true, false) => WINDOWS_1250,
                    (false, _) => WINDOWS_1252,
                };
                encoding.decode_without_bom_handling(bytes).0.into_owned()
            }
        },
    };
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

/// How many of some letters stand in words.
fn count(bytes: &[u8], letters: &[u8]) -> usize {
    // Beside a letter: the signs among them, such as £ or ¿, stand beside figures and spaces.
    let in_word = |index: usize| {
        let is_letter =
            |index: Option<usize>| index.and_then(|index| bytes.get(index)).is_some_and(u8::is_ascii_alphabetic);
        is_letter(index.checked_sub(1)) || is_letter(index.checked_add(1))
    };
    bytes.iter().enumerate().filter(|(index, byte)| letters.contains(byte) && in_word(*index)).count()
}

/// Whether a Polish text is of ISO 8859-2 rather than of Windows.
fn is_iso(bytes: &[u8]) -> bool {
    count(bytes, POLISH_ISO) > count(bytes, POLISH_WINDOWS)
}

fn is_polish(bytes: &[u8], usual: bool) -> bool {
    let polish = count(bytes, POLISH) + count(bytes, POLISH_ISO);
    match polish.cmp(&count(bytes, WESTERN)) {
        std::cmp::Ordering::Equal => usual,
        more => more.is_gt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLISH_TEXT: &str = "data;komentarz\n2026-05-12;Zażółć gęślą jaźń\n2026-05-13;Świetna obsługa\n";
    const SWEDISH_TEXT: &str =
        "datum;kommentar\n2026-05-12;Väldigt trevligt bemötande på hotellet\n2026-05-13;Åkte hem för tidigt\n";

    #[test]
    fn encodings_are_told_by_their_letters() {
        for usual in [true, false] {
            for (text, encoding) in
                [(POLISH_TEXT, WINDOWS_1250), (POLISH_TEXT, ISO_8859_2), (SWEDISH_TEXT, WINDOWS_1252)]
            {
                let (bytes, _, lossy) = encoding.encode(text);
                assert!(!lossy);
                assert_eq!(decode(&bytes, usual), text);
                assert_eq!(decode(text.as_bytes(), usual), text);
            }
        }
        // ä and ö are the same in both; what is said in the book's languages decides the rest.
        let (bytes, ..) = WINDOWS_1252.encode("Ganz schön");
        assert_eq!(decode(&bytes, false), "Ganz schön");
        let (bytes, ..) = WINDOWS_1252.encode("price £5, 3 ³");
        assert_eq!(decode(&bytes, false), "price £5, 3 ³");
    }

    #[test]
    fn utf_16_says_so_itself() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("data\tocena\n".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes, true), "data\tocena\n");
        assert_eq!(decode("\u{feff}data".as_bytes(), true), "data");
    }

    #[test]
    fn lines_of_any_kind_are_lines() {
        assert_eq!(decode(b"a\rb\r", false), "a\nb\n");
        assert_eq!(decode(b"a\r\nb\r\n", false), "a\r\nb\r\n");
    }
}
