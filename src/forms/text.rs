//! Bytes → text, whatever program wrote them.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

/// Bytes from 0x80 that are a letter of Polish in Windows-1250 and no letter of a western language in Windows-1252:
/// ą Ą ł Ł ś Ś ź Ź ż Ż, and ć ń ę, which are rare western ones.
const POLISH: &[u8] = &[0xb9, 0xa5, 0xb3, 0xa3, 0x9c, 0x8c, 0x9f, 0x8f, 0xbf, 0xaf, 0xe6, 0xf1, 0xea];

/// Bytes that are a letter of Swedish or its neighbours in Windows-1252 and a letter that Polish lacks in Windows-1250: å Å,
/// è à â ç, and the western quotation marks' neighbours.
const WESTERN: &[u8] = &[0xe5, 0xc5, 0xe8, 0xe0, 0xe7, 0xf8, 0xd8];

/// The text of a table or a form, whatever program wrote it, without a byte-order mark.
///
/// UTF-8 and UTF-16 say so themselves. Of the two encodings of one byte a letter that offices in Poland and Sweden have,
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
                let encoding = if is_polish(bytes, polish) { WINDOWS_1250 } else { WINDOWS_1252 };
                encoding.decode_without_bom_handling(bytes).0.into_owned()
            }
        },
    };
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

fn is_polish(bytes: &[u8], usual: bool) -> bool {
    // Beside a letter: the signs among them, such as £ or ¿, stand beside figures and spaces.
    let in_word = |index: usize| {
        let is_letter =
            |index: Option<usize>| index.and_then(|index| bytes.get(index)).is_some_and(u8::is_ascii_alphabetic);
        is_letter(index.checked_sub(1)) || is_letter(index.checked_add(1))
    };
    let count = |letters: &[u8]| {
        bytes.iter().enumerate().filter(|(index, byte)| letters.contains(byte) && in_word(*index)).count()
    };
    match count(POLISH).cmp(&count(WESTERN)) {
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
            for (text, encoding) in [(POLISH_TEXT, WINDOWS_1250), (SWEDISH_TEXT, WINDOWS_1252)] {
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
