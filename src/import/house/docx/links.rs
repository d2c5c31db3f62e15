//! Where the links of a document lead; its text names them by what they are called in a part of their own.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::{attribute, broken};
use crate::import::Refusal;

/// What a link is called → where it leads.
pub(super) type Links = BTreeMap<String, String>;

/// Reads where links lead; what leads to a part of the document itself is none.
pub(super) fn read(text: &str) -> Result<Links, Refusal> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut links = Links::new();
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(element) | Event::Empty(element) => {
                let is_link = attribute(&element, "Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
                let is_out = attribute(&element, "TargetMode").is_some_and(|mode| mode == "External");
                if let (true, Some(id), Some(target)) =
                    (is_link && is_out, attribute(&element, "Id"), attribute(&element, "Target"))
                {
                    links.insert(id, target.replace("&amp;", "&"));
                }
            }
            Event::Eof => return Ok(links),
            _ => {}
        }
    }
}

/// What people write of an address: no more than a link's words need to say.
pub(in crate::import::house) fn shown_link(target: &str) -> &str {
    let rest = ["mailto:", "https://", "http://"].iter().find_map(|start| target.strip_prefix(start));
    rest.unwrap_or(target).trim_end_matches('/')
}
