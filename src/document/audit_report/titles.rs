//! What things are called in a report: as they are called today, and in one about a period that is over as they were called then.

use super::Builder;
use crate::book::{Book, Text};
use crate::document::Prose;
use crate::method::Standard;

impl Builder<'_> {
    /// What a standard demands, in the wording that was judged; its id where nothing knows it. Of wordings that the book no longer
    /// has, editions keep the source language, and reviews what translations they had.
    pub(super) fn title_of(&self, id: &str, stamp: Option<&str>) -> Prose {
        let Some(standard) = self.wordings.judged(id, stamp) else { return Prose::plain(id) };
        let language = self.scope.language;
        let kept = self.kept.get(&(id, standard.stamp.as_str())).copied();
        let kept = kept.filter(|kept| standard.text.get(language).is_none() && kept.get(language).is_some());
        self.scope.prose(kept.unwrap_or(&standard.text))
    }

    /// The phase in which a standard stood when it was judged: of a period that is over as its edition has it.
    pub(super) fn phase_of(&self, id: &str, stamp: Option<&str>) -> Option<Prose> {
        let audits = self.judged.audits;
        let of_period = self.then.and_then(|then| {
            let edition = audits.editions.iter().find(|edition| std::ptr::eq(&edition.book, then))?;
            let is_it = |standard: &&Standard| audits.names.standards.now(&standard.id.name) == id;
            let standard = edition.standards.all.iter().find(is_it)?;
            Some(then.phase_at(standard.sequence, standard.phase)?.id.name.as_str())
        });
        let phase = of_period.or_else(|| self.wordings.phase(id, stamp, self.scope.book))?;
        Some(self.group("phase", audits.names.phases.now(phase)))
    }

    /// The title of a site.
    pub(super) fn site_of(&self, id: Option<&str>) -> Prose {
        let Some(id) = id else { return Prose::plain("–") };
        let names = &self.judged.audits.names.sites;
        let of = |book: &'_ Book| Some(book.sites.iter().find(|site| names.now(&site.id.name) == id)?.title.clone());
        self.called(of).unwrap_or_else(|| Prose::plain(id))
    }

    /// What the first book that knows a thing calls it; where that has no title in the reader's language and another book has
    /// one of the same title, by that.
    pub(super) fn called(&self, title: impl Fn(&Book) -> Option<Text>) -> Option<Prose> {
        let (language, source) = (self.scope.language, self.scope.book.source_language());
        let mut titles = self.books().filter_map(title);
        let first = titles.next()?;
        if first.get(language).is_some() {
            return Some(self.scope.prose(&first));
        }
        let own = first.best(source, source).map(|own| own.text.clone());
        let is_same = |other: &Text| {
            other.get(language).is_some() && other.best(source, source).map(|it| &it.text) == own.as_ref()
        };
        Some(self.scope.prose(titles.find(is_same).as_ref().unwrap_or(&first)))
    }

    /// The books that know what things are called: the edition of a period that is over, today's book, and after it the editions
    /// that records are counted by, the last first.
    fn books(&self) -> impl Iterator<Item = &Book> {
        let editions = self.judged.audits.editions.iter().rev().map(|edition| &edition.book);
        self.then.into_iter().chain(std::iter::once(self.scope.book)).chain(editions)
    }
}
