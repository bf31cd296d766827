//! The games that have been played: how many answers were right, and what that tends to.

use super::{BEST, Model, Tried, says_p};
use crate::figure::prelude::*;
use crate::figures::family::{ONE_BY_ONE, last, letter};

/// Draws the share of right answers after each game.
pub(super) fn draw_games(model: &Model, plot: &Plot, texts: &Texts) {
    let [own, best] = [&model.right, &model.pair.best_right].map(|right| model.played(right));
    let right = plot.picture.told("right", number::fixed(last(own) * own.len() as f64, 0));
    let mut words = vec![("games", own.len().to_string()), ("right", right)];
    let mut key = "total-variation.games.none";
    if model.game.draws > ONE_BY_ONE {
        key = "total-variation.games.many";
    } else if let Some(&(x, from_p)) = model.played(&model.pair.draws).last() {
        key = "total-variation.games";
        words.extend([("source", letter(from_p)), ("said", letter(says_p(&model.event, model.caught, x)))]);
    }
    plot.title(&texts.label(key, &words), Ink::Soft);
    let level = |key: &str, gap: f64, below, stroke| {
        let level = 0.5 * (1.0 + gap);
        let words = [("value", number::share(level))];
        let label = texts.label(&format!("total-variation.{key}"), &words);
        plot.named_level(level, &label, below, Ink::Text, stroke);
    };
    plot.scale(&[(0.5, "½"), (1.0, "1")]);
    plot.part("best", || {
        plot.line(best, Ink::Text, Stroke::dashed(1.4, &[3.0, 3.0]));
        level("best-guess", model.pair.tv, false, BEST);
    });
    if model.game.event == Tried::Interval {
        // Its words keep clear of the line at ½, and of those of the best.
        let below = model.gap > 0.28 || model.pair.tv - model.gap < 0.3;
        plot.part("caught", || level("guess", model.gap, below, Stroke::solid(1.2)));
        plot.part("right", || plot.line(own, Ink::Text, Stroke::solid(2.0)));
    }
    plot.x_axis(plot.panel.y.start, true);
}
