//! From the probability of the model to the share of right beads.

/// The share of right beads among those of this probability. Rises with it.
pub(crate) fn calibrate(posterior: f64) -> f64 {
    posterior.clamp(0.0, 1.0)
}
