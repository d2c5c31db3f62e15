//! Judging: records of audits + [`Standards`](crate::method::Standards) → figures, findings, what is overdue. Lays nothing
//! out.

pub mod statistics;
