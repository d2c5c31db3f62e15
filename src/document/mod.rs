//! Composing: one view for each document, plain, serialisable, in one language, final in content and order.
//!
//! In: a [`Request`] (book, standards, site, selection, language, day). Out: a [`Document`]. A view knows no format;
//! `render` lays it out and computes no content.
//!
//! To add one: a file here with its view and the function that composes it, a line in the register ([`Kind`]), its title in
//! the interface's texts, and a template for each format that it is to be had in.

pub mod audit_report;
pub mod blueprint;
mod brand;
pub mod cards;
mod changes;
mod checklist;
mod feedback;
mod form;
mod head;
mod index;
mod kind;
mod lanes;
mod long;
pub mod manual;
mod matrix;
mod prose;
pub mod questions;
pub mod review;
mod scope;
mod standard;

pub use audit_report::{AuditReport, audit_report};
pub use blueprint::{Blueprint, blueprint};
pub use brand::Brand;
pub use cards::{Cards, cards};
pub use changes::{ChangesView, changes};
pub use checklist::{Checklist, ChecklistItem, PhaseItems, StepItems, checklist};
pub use feedback::{FeedbackView, area_title, feedback, low_ratings, mean, verdict};
pub use form::{FormData, MeasureLimits, SiteChoice};
pub use head::{Head, Limit};
pub use index::{Built, Index, index};
pub use kind::{Composer, Document, Kind};
pub use lanes::{Glance, GlancePhase, GlanceStep, Lane, StepNote};
pub use long::Long;
pub use manual::{Manual, manual, manual_since};
pub use matrix::{Matrix, matrix, matrix_by_role};
pub use prose::{Event, Inline, Mark, Parts, Prose, is_safe_link};
pub use questions::{Questions, questions};
pub use review::{ReviewChecklist, ReviewDue, ReviewReport, review_checklist, review_due, review_report};
pub use scope::Request;
pub use standard::{HandoffView, MeasureView, StandardView};
