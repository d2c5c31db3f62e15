//! Tests of the whole program and of its shape; one crate, because linking costs more than running.

mod architecture;
mod cli;
mod conversion;
mod documents;
mod forms;
mod reading;
mod support;
