//! What was photographed: the evidence of findings, on the page itself.

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use serde::Serialize;

use super::Builder;
use super::part::{ReportCell, Section};
use crate::audit::evidence::{picture, places};
use crate::audit::{Audits, Finding};
use crate::document::Prose;
use crate::document::scope::Scope;

/// So many photographs stand on a page, which would take long to open with more.
const MAX_SHOWN: usize = 24;

/// A photograph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Photograph {
    /// What the standard demands that it is about.
    pub standard: Prose,
    /// Where it was taken.
    pub site: Prose,
    /// When, in words.
    pub day: String,
    /// What was noted beside it.
    pub note: String,
    /// Where it lies, as its record has it. Its name is made of what is in it.
    pub path: String,
    /// The picture as a `data:` address; empty until the document is stamped, since not every format shows it.
    pub data: String,
}

/// What of a finding stands beside its photographs.
pub(in crate::document) struct Caption {
    pub standard: ReportCell,
    pub site: Prose,
    pub day: String,
}

/// The part of a page that shows the photographs of findings.
pub(in crate::document) struct Photographs<'s, 'a> {
    pub scope: &'s Scope<'a>,
    /// The records, which know the photographs that are not there.
    pub audits: &'s Audits,
}

impl Photographs<'_, '_> {
    /// The photographs of those findings, in their order.
    pub fn of<'f>(
        &self,
        findings: impl Iterator<Item = &'f Finding<'f>>,
        caption: impl Fn(&Finding<'_>) -> Caption,
    ) -> Section {
        let mut section = Section::new("photographs", self.scope.text("report.section.photographs"));
        let mut count = 0;
        for finding in findings {
            let Some(detail) = finding.item.detail.as_deref() else { continue };
            // What was found, and behind it what became of it.
            let found = detail.evidence.iter().map(|path| (path, None));
            let became =
                detail.action.iter().flat_map(|action| action.evidence.iter().map(move |path| (path, Some(action))));
            let is_there = |path: &String| picture(path).is_some() && !self.audits.lost.contains(path);
            for (path, action) in found.chain(became).filter(|(path, _)| is_there(path)) {
                count += 1;
                if section.photos.len() == MAX_SHOWN {
                    continue;
                }
                let Caption { standard, site, day } = caption(finding);
                let (day, note) = match action {
                    None => (day, detail.note.clone().or_else(|| detail.why.clone()).unwrap_or_default()),
                    Some(action) => (
                        action.done.map_or(day, |done| self.scope.interface.date(done)),
                        format!("{}: {}", self.scope.text("report.column.done"), action.what),
                    ),
                };
                section.photos.push(Photograph {
                    standard: standard.text,
                    site,
                    day,
                    note,
                    path: path.clone(),
                    data: String::new(),
                });
            }
        }
        if count == 0 {
            return section;
        }
        let text = self.scope.interface.count("report.photographs", count);
        section.note(text)
    }

    /// Fetches the pictures; those that cannot be read are left out.
    pub fn fetch(&self, sections: &mut [Section]) {
        for section in sections {
            section.photos.retain_mut(|photo| {
                photo.data = self.address(&photo.path).unwrap_or_default();
                !photo.data.is_empty()
            });
        }
    }

    /// The picture as an address; none where its file cannot be read.
    fn address(&self, path: &str) -> Option<String> {
        let kind = picture(path)?;
        let bytes = places(path).iter().find_map(|place| self.scope.pictures.bytes(place))?;
        Some(format!("data:{kind};base64,{}", BASE64.encode(bytes)))
    }
}

impl Builder<'_> {
    /// What was photographed: of critical standards first, then the newest.
    pub(super) fn photographs(&self) -> Section {
        let mut findings: Vec<&Finding<'_>> = self.findings.iter().rev().collect();
        findings.sort_by_key(|finding| !self.is_critical(finding));
        Photographs { scope: &self.scope, audits: self.judged.audits }.of(findings.into_iter(), |finding| Caption {
            standard: self.found_cell(finding),
            site: self.site_of(finding.record.site.as_deref()),
            day: self.date(finding.record.moment.date),
        })
    }
}
