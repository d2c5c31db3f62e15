//! At which site a form was filled in: what it says itself, what the command says, and whether somebody wrote over it.

use super::Placer;
use crate::book::{Worded, odd_help};
use crate::forms::{Form, FormEntry, FormPlace, short, value};
use crate::say;
use crate::text::{folded, nearest, odd_character};

impl Placer<'_, '_> {
    /// The site that an id or a title names.
    fn named_site(&self, written: &str) -> Option<String> {
        let book = self.index.book();
        // A title in another language than the form's stands there with its language: `North *(en)*`.
        let bare = |text: &str| folded(&text.replace('*', ""));
        let is_title = |part: &Worded| {
            let (title, written) = (bare(&part.text), bare(written));
            title == written || format!("{title} ({})", part.language.tag()) == written
        };
        let titled = || book.sites.iter().find(|site| site.title.0.iter().any(is_title));
        book.site(written).or_else(titled).map(|site| site.id.name.clone())
    }

    /// Refuses a form whose site somebody has written over: it was made for another.
    pub(super) fn repeated(&mut self, form: &Form) {
        let Some(site) = value(&form.head, "site") else { return };
        for spot in form.repeated.iter().filter(|spot| spot.label == "site") {
            if self.named_site(&spot.value).as_deref() == Some(site.as_str()) {
                continue;
            }
            let (site, text) = (site.as_str(), short(&spot.value));
            let wrong = match spot.value.is_empty() {
                true => say!("the form was made for the site `{site}`, and no site stands here any more", site),
                false => say!("the form was made for the site `{site}`, and here stands `{text}`", site, text),
            };
            let help = say!(
                "write the site back, or make the checklist of the site that was visited and copy the answers into it"
            );
            self.refuse(&spot.place, wrong, Some(help));
        }
    }

    pub(super) fn site(&mut self, form: Option<&FormEntry>, option: Option<&str>) -> Option<String> {
        let book = self.index.book();
        let known = || book.sites.iter().map(|site| site.id.name.as_str());
        let mut from_form = None;
        if let Some(spot) = form {
            let Some(site) = self.named_site(&spot.value) else {
                let help = match nearest(&spot.value, known()) {
                    _ if odd_character(&spot.value).is_some() => odd_help(&spot.value, known()).unwrap_or_default(),
                    Some(near) => say!("did you mean `{near}`?", near),
                    None => say!("known: {words}", words = known().collect::<Vec<_>>().join(", ")),
                };
                let message = say!("`{site}` is not a site of the book", site = &spot.value);
                self.refuse(&spot.place, message, Some(help));
                return None;
            };
            from_form = Some(FormEntry { value: site, ..spot.clone() });
        }
        let site = self.either(from_form.as_ref(), option, "--site");
        match (site, book.sites.as_slice()) {
            (Some(site), _) => Some(site),
            (None, []) => None,
            (None, [only]) => Some(only.id.name.clone()),
            (None, _) => {
                let help = say!("name it with --site; known: {words}", words = known().collect::<Vec<_>>().join(", "));
                self.refuse(
                    &FormPlace::Whole,
                    say!("the form does not say at which site it was filled in"),
                    Some(help),
                );
                None
            }
        }
    }
}
