//! The areas in which handles can be grabbed. Handles that are near each other divide the space between them,
//! so that each can be hit.

use crate::plot::Point;

/// The reach of a handle to each side if no other is near, in CSS pixels. Twice as much is what a thumb hits.
const REACH: f64 = 22.0;

/// The least reach of a handle to each side, however crowded it is.
const LEAST_REACH: f64 = 4.0;

/// The least width and height that a handle should have, by criterion 2.5.8 of WCAG 2.2.
const TARGET_SIZE: f64 = 24.0;

/// The reach of a handle to each side, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Room {
    /// The reach to the left and to the right.
    pub x: [f64; 2],
    /// The reach upwards and downwards.
    pub y: [f64; 2],
}

impl Room {
    /// The reach of a handle with no other near.
    pub(super) const WHOLE: Self = Self { x: [REACH; 2], y: [REACH; 2] };

    fn along(&self, axis: Axis) -> &[f64; 2] {
        match axis {
            Axis::X => &self.x,
            Axis::Y => &self.y,
        }
    }

    fn along_mut(&mut self, axis: Axis) -> &mut [f64; 2] {
        match axis {
            Axis::X => &mut self.x,
            Axis::Y => &mut self.y,
        }
    }

    /// The width or height.
    fn extent(&self, axis: Axis) -> f64 {
        self.along(axis).iter().sum()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

impl Axis {
    const BOTH: [Self; 2] = [Self::X, Self::Y];

    fn other(self) -> Self {
        if self == Self::X { Self::Y } else { Self::X }
    }

    fn of(self, at: Point) -> f64 {
        if self == Self::X { at.x } else { at.y }
    }
}

/// Two handles that are so near each other that their areas are separated by a line across `axis`.
#[derive(Clone, Copy, Debug)]
struct Pair {
    /// The handle on the left or above, followed by the other one.
    members: [usize; 2],
    axis: Axis,
    /// The distance between them along `axis`.
    apart: f64,
}

impl Pair {
    fn new(members: [usize; 2], axis: Axis, places: &[Point]) -> Self {
        let [a, b] = members.map(|index| axis.of(places[index]));
        let [first, last] = members;
        Self { members: if a <= b { members } else { [last, first] }, axis, apart: (b - a).abs() }
    }

    fn turned(self, places: &[Point]) -> Self {
        Self::new(self.members, self.axis.other(), places)
    }

    /// The other handle of the pair, if handle `index` has it on `side` (0: before, 1: after) along `axis`.
    fn neighbour(&self, index: usize, axis: Axis, side: usize) -> Option<usize> {
        (self.axis == axis && self.members[1 - side] == index).then_some(self.members[side])
    }
}

/// The areas of handles at `places`. They do not overlap unless handles nearly coincide, and each is at least
/// [`TARGET_SIZE`] wide and high if possible.
///
/// Each pair of near handles is separated in the middle, across the axis along which they are further apart.
/// If a handle becomes too narrow, its neighbours give it what they can spare, or a pair is separated across
/// the other axis.
pub(super) fn share(places: &[Point]) -> Vec<Room> {
    let mut pairs = Vec::new();
    for (b, second) in places.iter().enumerate() {
        for (a, first) in places[..b].iter().enumerate() {
            let [right, down] = Axis::BOTH.map(|axis| (axis.of(*second) - axis.of(*first)).abs());
            if right.max(down) < 2.0 * REACH {
                pairs.push(Pair::new([a, b], if right >= down { Axis::X } else { Axis::Y }, places));
            }
        }
    }
    let mut rooms = divide(places, &pairs);
    let mut least = shortfall(&rooms);
    while least > 0.0 {
        let turn = |index: usize| {
            let mut pairs = pairs.clone();
            pairs[index] = pairs[index].turned(places);
            // Handles that nearly coincide along this axis cannot be separated across it.
            (pairs[index].apart >= 2.0 * LEAST_REACH).then(|| {
                let rooms = divide(places, &pairs);
                (shortfall(&rooms), rooms, pairs)
            })
        };
        let best = (0..pairs.len()).filter_map(turn).min_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some(better) if better.0 < least => (least, rooms, pairs) = better,
            _ => break,
        }
    }
    rooms
}

/// The sum of what all areas lack of [`TARGET_SIZE`] in width and height.
fn shortfall(rooms: &[Room]) -> f64 {
    let each = |room: &Room| Axis::BOTH.map(|axis| (TARGET_SIZE - room.extent(axis)).max(0.0));
    rooms.iter().flat_map(each).sum()
}

/// The areas of handles at `places` if `pairs` are separated.
fn divide(places: &[Point], pairs: &[Pair]) -> Vec<Room> {
    let mut rooms = vec![Room::WHOLE; places.len()];
    for pair in pairs {
        for (side, index) in pair.members.into_iter().enumerate() {
            let towards = &mut rooms[index].along_mut(pair.axis)[1 - side];
            *towards = towards.min((pair.apart / 2.0).max(LEAST_REACH));
        }
    }
    for index in 0..places.len() {
        for axis in Axis::BOTH {
            // Half of what is missing is taken from one side if the other side can give the rest.
            for (side, part) in [(0, 0.5), (1, 1.0), (0, 1.0)] {
                widen(index, axis, side, part, pairs, &mut rooms);
            }
        }
    }
    rooms
}

/// Extends the area of handle `index` on `side` by the fraction `part` of what it lacks, as far as the
/// neighbours there can spare it.
fn widen(index: usize, axis: Axis, side: usize, part: f64, pairs: &[Pair], rooms: &mut [Room]) {
    let lacking = part * (TARGET_SIZE - rooms[index].extent(axis));
    let own = rooms[index].along(axis)[side];
    if lacking <= 0.0 || own >= REACH {
        return;
    }
    let mut most = REACH;
    for pair in pairs {
        if let Some(met) = pair.neighbour(index, axis, side) {
            let theirs = rooms[met].along_mut(axis);
            let keeps = (TARGET_SIZE - theirs[side]).max(LEAST_REACH);
            theirs[1 - side] = theirs[1 - side].min(keeps.max(pair.apart - own - lacking));
            most = most.min(pair.apart - theirs[1 - side]);
        }
    }
    rooms[index].along_mut(axis)[side] = most.max(LEAST_REACH);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(places: &[(f64, f64)]) -> Vec<Room> {
        let places: Vec<_> = places.iter().map(|&(x, y)| Point { x, y }).collect();
        share(&places)
    }

    #[test]
    fn what_is_far_from_others_has_all_the_room() {
        assert_eq!(rooms(&[(0.0, 0.0), (44.0, 0.0), (0.0, 50.0)]), [Room::WHOLE; 3]);
    }

    #[test]
    fn two_near_ones_are_parted_in_the_middle() {
        let [left, right] = rooms(&[(0.0, 0.0), (20.0, 6.0)])[..] else { panic!() };
        assert_eq!((left.x, right.x), ([22.0, 10.0], [10.0, 22.0]));
        assert_eq!((left.y, right.y), ([22.0; 2], [22.0; 2]));
    }

    #[test]
    fn one_between_two_takes_from_both() {
        let [left, between, right] = rooms(&[(0.0, 0.0), (16.0, 0.0), (34.0, 0.0)])[..] else { panic!() };
        assert_eq!(between.extent(Axis::X), TARGET_SIZE);
        assert_eq!(left.x[1] + between.x[0], 16.0);
        assert_eq!(between.x[1] + right.x[0], 18.0);
        for room in [left, right] {
            assert!(room.extent(Axis::X) >= TARGET_SIZE, "{room:?}");
        }
    }

    #[test]
    fn where_a_column_is_too_crowded_a_pair_is_parted_sideways() {
        let rooms = rooms(&[(0.0, 0.0), (12.0, 14.0), (12.0, 26.0)]);
        assert_eq!(shortfall(&rooms), 0.0, "{rooms:?}");
    }

    #[test]
    fn those_that_coincide_keep_a_little() {
        let rooms = rooms(&[(0.0, 0.0), (0.0, 0.0)]);
        assert!(rooms.iter().all(|room| room.x.into_iter().chain(room.y).all(|side| side >= LEAST_REACH)));
    }
}
