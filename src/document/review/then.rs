//! What things were called when a review was opened: the report of a closed one says of the past what was said then.

use std::collections::HashMap;

use super::OfReview;
use crate::book::{Phase, Text};
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::edition::{Edition, Lineages};
use crate::source::Span;

/// Titles of the set that a review was opened on, and wordings as reviews keep them.
pub(super) struct Then<'a> {
    scope: &'a Scope<'a>,
    edition: Option<&'a Edition>,
    names: &'a Lineages,
    /// By id and stamp.
    wordings: HashMap<(&'a str, &'a str), &'a Text>,
}

impl<'a> Then<'a> {
    pub(super) fn of(scope: &'a Scope<'a>, asked: &OfReview<'a>) -> Self {
        let wordings = asked.asked.reviews.texts(scope.standards);
        Then { scope, edition: asked.on, names: &asked.asked.audits.names, wordings }
    }

    /// The title of a phase.
    pub(super) fn phase(&self, phase: &Phase) -> Prose {
        let name = phase.id.name.as_str();
        let mut phases = self.edition.into_iter().flat_map(|edition| edition.book.phases());
        let then = phases.find(|then| self.names.phases.now(&then.id.name) == name);
        self.titled(then.map(|then| &then.title), &phase.title)
    }

    /// The title of a site; its id where nothing knows it.
    pub(super) fn site(&self, id: &str) -> Prose {
        let mut sites = self.edition.into_iter().flat_map(|edition| &edition.book.sites);
        let then = sites.find(|then| self.names.sites.now(&then.id.name) == id).map(|site| &site.title);
        let now = self.scope.book.site(id).map(|site| &site.title);
        now.or(then).map_or_else(|| Prose::plain(id), |now| self.titled(then, now))
    }

    /// A title as it was, where it is known, in the reader's language, where it had one or is the same to this day.
    fn titled(&self, then: Option<&Text>, now: &Text) -> Prose {
        let (language, source) = (self.scope.language, self.scope.book.source_language());
        let Some(then) = then else { return self.scope.prose(now) };
        let is_same = then.best(source, source).map(|own| &own.text) == now.best(source, source).map(|own| &own.text);
        self.scope.prose(if then.get(language).is_none() && is_same { now } else { then })
    }

    /// A text as an edition has it, in the source language: where the book words the standard so to this day, or a review keeps it,
    /// in the reader's; else marked as what it is.
    pub(super) fn worded(&self, id: &str, text: &str) -> Prose {
        let source = self.scope.book.source_language();
        let says =
            |all: &Text| all.get(source).is_some_and(|own| own.text.split_whitespace().eq(text.split_whitespace()));
        let standard = self.scope.standards.all.iter().find(|standard| standard.id.is_or_was(id));
        let now = standard.map(|standard| &*standard.text).filter(|now| says(now));
        let mut kept: Vec<&Text> =
            self.wordings.iter().filter(|((of, _), text)| *of == id && says(text)).map(|(_, text)| *text).collect();
        // Of several the one that says most; by its own text, since a hash table has no order.
        kept.sort_by_key(|text| {
            (usize::MAX - text.0.len(), text.0.iter().map(|own| own.text.clone()).collect::<Vec<_>>())
        });
        let language = self.scope.language;
        let known = now.into_iter().chain(kept).find(|known| known.get(language).is_some()).or(now);
        known.map_or_else(|| self.in_source(text), |known| self.scope.prose(known))
    }

    /// A text in the source language, marked where that is not the reader's.
    pub(super) fn in_source(&self, text: &str) -> Prose {
        self.scope.prose(&Text::of(self.scope.book.source_language(), text, Span::default()))
    }
}
