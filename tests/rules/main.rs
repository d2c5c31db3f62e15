//! The rules from outside: each fires and stays silent where it should, and the library and the examples are clean.

mod clean;
mod corpus;
mod damage;
mod fixture;
mod library;
mod register;
