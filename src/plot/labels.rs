//! Vertical positions of labels that must not overlap.

use divergences::order::{clamp, permutation};

/// Moves `heights` as little as possible so that any two are at least `gap` apart and all lie within
/// `low..=high`, if they fit. Their order is kept.
pub fn spread(heights: &mut [f64], gap: f64, low: f64, high: f64) {
    let order = permutation(heights.len(), &|i, j| heights[i].total_cmp(&heights[j]));
    // Labels that touch form a block, which is given by its centre and the number of its labels.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &label in &order {
        blocks.push((clamp(heights[label], low, high), 1));
        while let [.., (above, n), (below, m)] = blocks[..] {
            let needed = gap * (n + m) as f64 / 2.0;
            if below - above >= needed - 1e-9 {
                break;
            }
            let (n_part, m_part) = (n as f64, m as f64);
            // The least-squares position: the mean of where the two blocks want to be, weighted by their
            // sizes. Each is first moved to the centre that the joint block would need for it.
            let centre = ((above + gap * m_part / 2.0) * n_part + (below - gap * n_part / 2.0) * m_part)
                / (n_part + m_part);
            blocks.truncate(blocks.len() - 2);
            blocks.push((centre, n + m));
        }
        if let Some((centre, n)) = blocks.last_mut() {
            let half = gap * (*n as f64 - 1.0) / 2.0;
            *centre = centre.min(high - half).max(low + half);
        }
    }
    let mut labels = order.into_iter();
    for (centre, n) in blocks {
        for (i, label) in labels.by_ref().take(n).enumerate() {
            heights[label] = centre + gap * (i as f64 - (n as f64 - 1.0) / 2.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        let mut heights = [50.0, 10.0, 90.0];
        spread(&mut heights, 20.0, 0.0, 100.0);
        assert_eq!(heights, [50.0, 10.0, 90.0], "nothing touches");
    }

    #[test]
    fn labels_that_touch_part_evenly() {
        let mut heights = [50.0, 50.0, 52.0];
        spread(&mut heights, 20.0, 0.0, 200.0);
        let centre = (50.0 + 50.0 + 52.0) / 3.0;
        for (height, wanted) in heights.into_iter().zip([centre - 20.0, centre, centre + 20.0]) {
            assert!((height - wanted).abs() < 1e-9, "{heights:?}");
        }
    }

    #[test]
    fn labels_stay_inside() {
        let mut heights = [1.0, 2.0, 3.0];
        spread(&mut heights, 20.0, 0.0, 100.0);
        assert_eq!(heights, [0.0, 20.0, 40.0], "pushed in from the edge");
    }
}
