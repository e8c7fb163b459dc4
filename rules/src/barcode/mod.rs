//! Japan Post's customer barcode.
