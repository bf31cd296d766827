//! Results that a model keeps from the model before it.

use std::ops::Deref;
use std::rc::Rc;

/// A result computed from a key, kept as long as the key stays the same.
#[derive(Debug)]
pub struct Memo<K, V> {
    key: K,
    value: Rc<V>,
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The result of `make(&key)`, or that of `before` if it has the same key.
    pub fn new(key: K, before: Option<&Self>, make: impl FnOnce(&K) -> V) -> Self {
        let value = match before.filter(|before| before.key == key) {
            Some(before) => Rc::clone(&before.value),
            None => Rc::new(make(&key)),
        };
        Self { key, value }
    }
}

impl<K, V> Deref for Memo<K, V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_kept_as_long_as_its_key() {
        let first = Memo::new(2, None, |key| vec![0; *key]);
        let second = Memo::new(2, Some(&first), |_| panic!("it is there"));
        assert_eq!(second.len(), 2, "taken over");
        assert_eq!(Memo::new(3, Some(&second), |key| vec![0; *key]).len(), 3, "another key, another value");
    }
}
