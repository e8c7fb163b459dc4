//! Search keys: what two spellings of one name have in common. Never for the record itself.
