//! `record!`: the keys of a kind of entry, written once.

use crate::source::yaml::Node;

/// Whether an entry says of itself that it is a draft.
pub fn is_draft(node: &Node) -> bool {
    node.get("status").and_then(Node::text) == Some("draft")
}

/// Defines the draft of one kind of entry: its keys, what they hold, and which are required.
///
/// `key "name" => field: Type` is optional, `key "name" => field: Type, required` is not, and `key "name" => field: Type => settled`
/// is so in drafts alone. Every field is an `Option`, so that one bad value does not take the entry with it.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $name:ident = $noun:tt {
            $($(#[doc = $fdoc:literal])* key $key:tt => $field:ident: $ty:ty $(, $required:ident)? $(=> $settled:ident)?;)+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, schemars::JsonSchema)]
        #[schemars(rename = $noun, deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $fdoc])* $(#[schemars($required)])? #[schemars(rename = $key)] pub $field: Option<$ty>,)+
            /// From the first key to the last value.
            #[schemars(skip)]
            #[allow(dead_code, reason = "not every kind of entry is asked for it")]
            pub span: $crate::source::Span,
            /// Whether something in it could not be read, so that what it seems to lack may be there.
            #[schemars(skip)]
            #[allow(dead_code, reason = "not every kind of entry is asked for it")]
            pub misread: bool,
        }

        impl $name {
            /// The keys that an entry of this kind may have.
            pub const KEYS: &'static [&'static str] = &[$($key),+];
        }

        impl $crate::book::decode::Decode for $name {
            fn expected() -> $crate::message::Message {
                $crate::say!("{what}: a mapping with `{key}`", what = $crate::say!($noun), key = Self::KEYS[0])
            }
            fn decode(node: &$crate::source::yaml::Node, cx: &mut $crate::book::decode::Cx) -> Option<Self> {
                use $crate::source::yaml::Value;
                let Value::Map(entries, layout) = &node.value else {
                    return cx.no_entry(node, <Self as $crate::book::decode::Decode>::expected(), Self::KEYS);
                };
                let before = cx.count();
                cx.duplicates(entries);
                cx.unknown_keys(&$crate::say!($noun), entries, *layout, Self::KEYS);
                $($($crate::book::decode::record!(@$required cx, $noun, node, $key);)?)+
                $($($crate::book::decode::record!(@$settled cx, $noun, node, $key);)?)+
                for entry in entries.iter().filter(|entry| entry.value.value == Value::Null) {
                    // Required ones have a finding already, unknown ones too.
                    #[allow(unreachable_patterns, reason = "required keys stand among all keys again")]
                    let may_be_empty = match &*entry.key {
                        $($($crate::book::decode::record!(@name $required $key) => true,)?)+
                        $($($crate::book::decode::record!(@name $settled $key)
                            if !$crate::book::decode::is_draft(node) => true,)?)+
                        $($key => <$ty as $crate::book::decode::Decode>::may_be_empty(),)+
                        _ => true,
                    };
                    if !may_be_empty {
                        cx.empty(entry);
                    }
                }
                let draft = $name { $($field: cx.field(node, $key),)+ span: node.span, misread: false };
                Some($name { misread: cx.count() > before, ..draft })
            }
        }
    };
    (@name $required:ident $key:tt) => {
        $key
    };
    (@settled $cx:ident, $noun:tt, $node:ident, $key:tt) => {
        if !$crate::book::decode::is_draft($node) {
            $crate::book::decode::record!(@required $cx, $noun, $node, $key);
        }
    };
    (@required $cx:ident, $noun:tt, $node:ident, $key:tt) => {
        if $node.get($key).is_none_or(|value| value.value == Value::Null) {
            $cx.missing(&$crate::say!($noun), $node, $key);
        }
    };
}
pub(crate) use record;
