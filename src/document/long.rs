//! Lists that may be long.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Serde, Value, serializing_for_value};
use serde::{Serialize, Serializer};

/// A list that a template gets item by item, when its loop comes to them, so that a book of ten thousand standards is never
/// in memory twice. To everything else it is a list like any other.
#[derive(Debug)]
pub struct Long<T>(Arc<[T]>);

impl<T> Clone for Long<T> {
    fn clone(&self) -> Self {
        Long(Arc::clone(&self.0))
    }
}

impl<T> Default for Long<T> {
    fn default() -> Self {
        Long(Arc::default())
    }
}

impl<T> Deref for Long<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> FromIterator<T> for Long<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Long(items.into_iter().collect())
    }
}

impl<T> From<Vec<T>> for Long<T> {
    fn from(items: Vec<T>) -> Self {
        Long(items.into())
    }
}

impl<T: Serialize + fmt::Debug + Send + Sync + 'static> Serialize for Long<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializing_for_value() {
            true => Value::from_object(self.clone()).serialize(serializer),
            false => self.0.serialize(serializer),
        }
    }
}

impl<T: Serialize + fmt::Debug + Send + Sync + 'static> Object for Long<T> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(Serde(self.get(key.as_usize()?)?).into())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct View {
        list: Long<(usize, &'static str)>,
    }

    #[test]
    fn a_template_gets_the_items_that_anybody_else_gets() {
        let view = View { list: [(1, "a"), (2, "b")].into_iter().collect() };
        assert_eq!(serde_json::to_value(&view).ok(), Some(serde_json::json!({"list": [[1, "a"], [2, "b"]]})));
        let list = Value::from(Serde(&view)).get_attr("list").unwrap_or_default();
        assert!(list.downcast_object_ref::<Long<(usize, &'static str)>>().is_some(), "it is not copied");
        assert_eq!(serde_json::to_value(&list).ok(), Some(serde_json::json!([[1, "a"], [2, "b"]])));
        assert!(list.is_true());
    }
}
