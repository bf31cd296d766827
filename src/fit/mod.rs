//! Gradients of a divergence with respect to a model's parameters, optimisers, and optima.
