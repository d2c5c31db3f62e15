//! Stamps that no wording of their standard ever had.

use super::model::{Audits, Wording};
use crate::diag::Diagnostic;
use crate::method::Standards;
use crate::say;

/// What records name a wording by that is neither that of today nor, as far as `is_known` (id as of now, stamp) can
/// tell, an earlier one.
pub fn unknown_stamps(
    audits: &Audits,
    standards: &Standards,
    is_known: impl Fn(&str, &str) -> bool,
) -> Vec<Diagnostic> {
    let items = audits.records.iter().flat_map(|record| &record.items);
    let strange = items.filter_map(|item| {
        let Wording::Former(_) = item.wording else { return None };
        let standard = audits.standard(standards, item)?;
        let stamp = audits.stamp(standards, item)?;
        if is_known(&standard.id.name, stamp) {
            return None;
        }
        let message = say!("`{id}` never had a wording with the stamp `{stamp}`", id = &standard.id.name, stamp);
        let help = say!("the wording of today is `{id}@{stamp}`", id = &standard.id.name, stamp = &standard.stamp);
        Some(Diagnostic::new("unknown-stamp", item.span, message).help(help))
    });
    strange.collect()
}
