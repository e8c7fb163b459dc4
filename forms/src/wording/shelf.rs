//! All wordings an office has: what is in force, and what older letters were printed with.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Paper, Wording};
use crate::FormError;

/// The wordings of an office. Copying it is cheap. The default is what ships with the program.
#[derive(Debug, Clone, PartialEq)]
pub struct Wordings {
    in_force: Arc<HashMap<Paper, Arc<Wording>>>,
    older: Arc<HashMap<String, Arc<Wording>>>,
}

impl Default for Wordings {
    fn default() -> Self {
        let standard = |paper| (paper, Arc::new(Wording::standard(paper)));
        Self { in_force: Arc::new(Paper::ALL.into_iter().map(standard).collect()), older: Arc::default() }
    }
}

impl Wordings {
    /// Puts a wording in force in place of the one there is, which stays known by its identifier.
    pub fn put_in_force(&mut self, wording: Wording) {
        let paper = wording.paper();
        let before = Arc::make_mut(&mut self.in_force).insert(paper, Arc::new(wording));
        if let Some(before) = before {
            Arc::make_mut(&mut self.older).insert(before.id().to_owned(), before);
        }
    }

    /// Makes an older wording known.
    pub fn remember(&mut self, wording: Wording) {
        Arc::make_mut(&mut self.older).insert(wording.id().to_owned(), Arc::new(wording));
    }

    /// What is in force for a paper.
    pub fn current(&self, paper: Paper) -> &Wording {
        // Every paper is there from the default on, and nothing takes one away.
        &self.in_force[&paper]
    }

    /// The wording that a letter names, or what is in force for one that names none.
    ///
    /// # Errors
    /// [`FormError::Wording`] when nobody has made that version known.
    pub fn of(&self, paper: Paper, id: Option<&str>) -> Result<&Wording, FormError> {
        let current = self.current(paper);
        match id {
            None => Ok(current),
            Some(id) if id == current.id() => Ok(current),
            Some(id) => self
                .older
                .get(id)
                .filter(|wording| wording.paper() == paper)
                .map(AsRef::as_ref)
                .ok_or_else(|| FormError::Wording(id.to_owned())),
        }
    }
}
