use chrono::NaiveDate;
use gamma_ok::book::load;
use gamma_ok::edit::rename::rename;
use gamma_ok::method::standards;
use gamma_ok::source::Span;
use gamma_ok::text::{iso_day, written_day};
use gamma_ok::units::parse_quantity;

/// A first letter says what the rest is: a quantity, a day, or the two ids of a renaming and the sequence that it is made in.
/// What was read is written so that it reads as the same, and an edit in place leaves every other byte.
pub fn stamps(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    match kind {
        b'q' => quantity(&text),
        b'd' => day(&text),
        _ => {
            let (ids, sequence) = text.split_once('\n').unwrap_or((&text, include_str!("../../tests/it/visit.yaml")));
            let (old, new) = ids.split_once(' ').unwrap_or((ids, "new"));
            renaming(old.trim(), new.trim(), sequence);
        }
    }
}

fn quantity(text: &str) {
    let Ok(read) = parse_quantity(text, Span::default()) else { return };
    assert!(read.value.is_finite(), "{read:?}");
    let again = parse_quantity(&read.plain(), Span::default());
    assert_eq!(
        again.as_ref().map(|again| (again.value, again.unit.key())),
        Ok((read.value, read.unit.key())),
        "{text:?}"
    );
    let (base, _) = read.canonical();
    assert!(base.is_finite(), "{read:?}");
}

fn day(text: &str) {
    let days = [iso_day(text), written_day(text).day(None).ok()];
    for day in days.into_iter().flatten() {
        let written = day.to_string();
        assert_eq!(iso_day(&written), Some(day), "{text:?}");
        assert_eq!(written_day(&written).day(None), Ok(day), "{text:?}");
        assert!(day <= NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default(), "{text:?}");
    }
}

fn renaming(old: &str, new: &str, sequence: &str) {
    let mut world = super::world([("sequences/visit.yaml", sequence.as_bytes().to_vec())]);
    let before = load(&world).expect("there is a manifest");
    let Ok(renaming) = rename(&world, &before, old, new) else { return };
    let name = old.rsplit([':', '.']).next().unwrap_or(old);
    assert!(!renaming.changes.is_empty(), "renamed, and nothing changed");
    for change in &renaming.changes {
        let text = change.before.as_deref().unwrap_or("");
        assert_eq!(world.files[&change.path], text.as_bytes(), "another text than the file's");
        let rest = text.replace(name, "");
        assert!(is_kept(&rest, &change.after), "{old} → {new} took something away:\n{text}\n---\n{}", change.after);
        world.files.insert(change.path.clone(), change.after.clone().into_bytes());
    }
    let after = load(&world).expect("there is a manifest");
    assert!(after.findings.len() <= before.findings.len(), "{old} → {new} brought findings: {:?}", after.findings);
    let count = |loaded| standards(loaded).all.len();
    assert_eq!(count(&before.book), count(&after.book), "{old} → {new} changed how many standards there are");
    assert!(after.book.names.iter().any(|used| used.name == new), "{new} is nowhere");
}

/// Whether all letters of `rest` stand in `text`, in their order.
fn is_kept(rest: &str, text: &str) -> bool {
    let mut letters = text.chars();
    rest.chars().all(|wanted| letters.any(|letter| letter == wanted))
}
