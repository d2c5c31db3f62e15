//! Tests of the whole program and of its shape; one crate, because linking costs more than running.

#![expect(clippy::disallowed_methods, reason = "tests make and spoil files, and take times; the program may not")]

mod architecture;
mod browser;
mod causes;
mod chance;
mod checklists;
mod cli;
mod conversion;
mod customers;
#[cfg(feature = "desk")]
mod desk;
mod documents;
mod editions;
#[cfg(feature = "editor")]
mod editor;
mod example;
mod figures;
mod forms;
mod guide;
mod history;
mod imports;
mod languages;
mod measures;
mod messages;
mod paper;
mod past;
mod paths;
mod pdf;
mod pdf_ua;
mod print;
mod properties;
mod reading;
mod readme;
mod review;
mod slips;
mod stranger;
mod support;
mod templates;
mod terms;
mod texts;
mod training;
mod units;
mod views;
mod written;
