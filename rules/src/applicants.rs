//! Who may ask for what (placeholder until the eligibility rules move in below).
