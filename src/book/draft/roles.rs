//! roles.yaml: roles and departments.

use super::Name;
use crate::book::decode::{OneOrMany, record};
use crate::book::draft_values::{NounDraft, TextDraft};

record! {
    /// roles.yaml: roles, who covers for whom, back-office departments.
    RolesFileDraft = "roles.yaml" {
        /// The roles.
        key "roles" => roles: Vec<RoleDraft>;
        /// Back-office departments.
        key "departments" => departments: Vec<DepartmentDraft>;
    }
}

record! {
    /// A role.
    RoleDraft = "a role" {
        /// Id of the role.
        key "id" => id: Name, required;
        /// Ids that the role had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// Title of the role, as documents print it.
        key "title" => title: TextDraft;
        /// What the role is called inside a sentence, in the forms that sentences need.
        key "noun" => noun: NounDraft;
        /// What it is there for.
        key "duties" => duties: OneOrMany<TextDraft>;
        /// At which sites it exists: a condition.
        key "when" => when: Name;
        /// The role that takes its duties where it does not exist.
        key "covered-by" => covered_by: Name;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A back-office department.
    DepartmentDraft = "a department" {
        /// Id of the department.
        key "id" => id: Name, required;
        /// Ids that the department had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// Title of the department, as documents print it.
        key "title" => title: TextDraft;
    }
}
