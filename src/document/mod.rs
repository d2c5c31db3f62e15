//! Composing: one view for each document, plain, serialisable, in one language, final in content and order.
//!
//! In: a [`Request`] (book, standards, site, selection, language, day). Out: a [`Document`]. A view knows no format;
//! `render` lays it out and computes no content.
//!
//! To add one: a file here with its view and the function that composes it, a line in the register ([`DocumentKind`]), its title in
//! the interface's texts, and a template for each format that it is to be had in.

mod actions;
pub mod audit_report;
pub mod blueprint;
mod brand;
mod calendar;
mod cards;
mod changes;
mod checklist;
mod control;
mod feedback;
mod form;
mod head;
mod history;
mod image;
mod index;
mod kind;
mod lanes;
mod long;
pub mod manual;
mod matrix;
mod portfolio;
mod prose;
mod questions;
mod readers;
mod reported;
pub mod review;
mod scope;
mod standard;
mod why;

pub use actions::actions;
pub use audit_report::audit_report;
pub use blueprint::Blueprint;
pub use changes::changes;
pub use checklist::{Checklist, Order, checklist, checklist_by};
pub use feedback::feedback;
pub(crate) use form::{FormData, FormEdition, MeasureLimits};
pub use image::ImageView;
pub use index::{Built, index};
pub use kind::{Composer, Document, DocumentKind};
pub use long::Long;
pub use manual::Manual;
pub use portfolio::{PortfolioBook, PortfolioView, portfolio, portfolio_book};
pub use reported::{Days, SiteMonth, Workings, reportable, reported, told_lately};
pub use review::{review_checklist, review_due, review_report};
pub use scope::{Pictures, Request};
pub use why::{Why, WhyView, why, why_of};

pub(crate) use actions::ActionsView;
pub(crate) use audit_report::AuditReport;
pub(crate) use blueprint::blueprint;
pub use calendar::{Calendar, CalendarEvent, calendar, planned_calendar};
pub(crate) use cards::{Card, CardAnswer, Cards, cards};
pub(crate) use changes::{ChangesView, tells_text};
pub(crate) use checklist::{ChecklistItem, PhaseItems, StepItems};
pub(crate) use feedback::{FeedbackView, group_text, group_title, low_ratings, mean, verdict};
pub(crate) use head::{Head, Limit};
pub(crate) use index::BookIndex;
pub use manual::Audience;
pub(crate) use manual::{manual, manual_for};
pub(crate) use matrix::{Matrix, matrix, matrix_by_role};
pub(crate) use prose::{Event, Inline, Mark, Parts, Prose, is_safe_link};
pub(crate) use questions::{Answers, Question, Questions, questions};
pub(crate) use review::{ReviewChecklist, ReviewDue, ReviewReport};
pub(crate) use standard::StandardView;
pub(crate) use why::{Orphans, orphans};
