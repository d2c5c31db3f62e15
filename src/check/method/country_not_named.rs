//! `country-not-named`: a condition asks for the country, and nobody has named it.

use crate::book::Condition;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A condition over the country in a book that is in none.
pub static RULE: Rule = Rule {
    code: Code::CountryNotNamed,
    summary: "A condition that asks for the country, in a book that does not name its own",
    why: "What holds by the law of one country is a standard there alone: `when: country == \"SE\"`. The program knows the \
          country by the manifest's `country`, or a site's own. Where neither names one, such a standard applies at no \
          site, and without a site it applies everywhere.",
    bad: "# gamma-ok.yaml has no `country`\n- id: three-days\n  when: country == \"SE\"",
    good: "# gamma-ok.yaml has `country: SE`\n- id: three-days\n  when: country == \"SE\"",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let book = subject.book;
    let lacking = book.sites.iter().find(|site| site.attribute("country").is_none());
    if book.country.is_some() || (lacking.is_none() && !book.sites.is_empty()) || subject.lacks_manifest() {
        return;
    }
    let asks = |condition: &&Condition| condition.asks_country && subject.is_authors(condition.span);
    // One is enough: what is to be done about it is one line.
    let Some(condition) = book.conditions().find(asks) else { return };
    let message = match lacking {
        Some(site) => say!("this asks for the country, and the site `{site}` names none", site = site.id.name),
        None => say!("this asks for the country, and the book names none"),
    };
    let help = say!("add `country: …` to gamma-ok.yaml, with its two letters; a site may have its own");
    findings.push(Diagnostic::new(Code::CountryNotNamed, condition.span, message).help(help));
}
