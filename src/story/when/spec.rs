//! The examples of the EDTF specification (ISO 8601-2:2019 Annex A, as published by the Library of Congress), each
//! taken or refused, with its bounds and its reading. Level 2 is refused but for sets; years run from 1 to 9999.

use super::{TimeError, When};

/// A time that is taken: as written, earliest, latest, reading. `-` is an open end.
const TAKEN: &[(&str, &str, &str, &str)] = &[
    // Level 0: date.
    ("1985-04-12", "1985-04-12 00:00:00", "1985-04-12 23:59:59", "12 Apr 1985"),
    ("1985-04", "1985-04-01 00:00:00", "1985-04-30 23:59:59", "Apr 1985"),
    ("1985", "1985-01-01 00:00:00", "1985-12-31 23:59:59", "1985"),
    // Level 0: date and time.
    (
        "1985-04-12T23:20:30",
        "1985-04-12 23:20:30",
        "1985-04-12 23:20:30",
        "12 Apr 1985 23:20:30, no zone printed",
    ),
    ("1985-04-12T23:20:30Z", "1985-04-12 23:20:30", "1985-04-12 23:20:30", "12 Apr 1985 23:20:30 UTC"),
    ("1985-04-12T23:20:30-04", "1985-04-13 03:20:30", "1985-04-13 03:20:30", "13 Apr 1985 03:20:30 UTC"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12 18:50:30", "1985-04-12 18:50:30", "12 Apr 1985 18:50:30 UTC"),
    // Level 0: interval.
    ("1964/2008", "1964-01-01 00:00:00", "2008-12-31 23:59:59", "1964 to 2008"),
    ("2004-06/2006-08", "2004-06-01 00:00:00", "2006-08-31 23:59:59", "Jun 2004 to Aug 2006"),
    ("2004-02-01/2005-02-08", "2004-02-01 00:00:00", "2005-02-08 23:59:59", "1 Feb 2004 to 8 Feb 2005"),
    ("2004-02-01/2005-02", "2004-02-01 00:00:00", "2005-02-28 23:59:59", "1 Feb 2004 to Feb 2005"),
    ("2004-02-01/2005", "2004-02-01 00:00:00", "2005-12-31 23:59:59", "1 Feb 2004 to 2005"),
    ("2005/2006-02", "2005-01-01 00:00:00", "2006-02-28 23:59:59", "2005 to Feb 2006"),
    // Level 1: seasons.
    ("2001-21", "2001-03-01 00:00:00", "2001-05-31 23:59:59", "spring 2001"),
    ("2001-22", "2001-06-01 00:00:00", "2001-08-31 23:59:59", "summer 2001"),
    ("2001-23", "2001-09-01 00:00:00", "2001-11-30 23:59:59", "autumn 2001"),
    ("2001-24", "2001-12-01 00:00:00", "2002-02-28 23:59:59", "winter 2001"),
    // Level 1: qualification of the whole date.
    ("1984?", "1984-01-01 00:00:00", "1984-12-31 23:59:59", "perhaps 1984"),
    ("2004-06~", "2004-06-01 00:00:00", "2004-06-30 23:59:59", "around Jun 2004"),
    ("2004-06-11%", "2004-06-11 00:00:00", "2004-06-11 23:59:59", "perhaps around 11 Jun 2004"),
    // Level 1: unspecified digits from the right.
    ("201X", "2010-01-01 00:00:00", "2019-12-31 23:59:59", "the 2010s"),
    ("20XX", "2000-01-01 00:00:00", "2099-12-31 23:59:59", "between 2000 and 2099"),
    ("2004-XX", "2004-01-01 00:00:00", "2004-12-31 23:59:59", "some month of 2004"),
    ("1985-04-XX", "1985-04-01 00:00:00", "1985-04-30 23:59:59", "some day in Apr 1985"),
    ("1985-XX-XX", "1985-01-01 00:00:00", "1985-12-31 23:59:59", "some day in 1985"),
    // Level 1: extended intervals.
    ("1985-04-12/..", "1985-04-12 00:00:00", "-", "from 12 Apr 1985 on"),
    ("1985-04/..", "1985-04-01 00:00:00", "-", "from Apr 1985 on"),
    ("1985/..", "1985-01-01 00:00:00", "-", "from 1985 on"),
    ("../1985-04-12", "-", "1985-04-12 23:59:59", "until 12 Apr 1985"),
    ("../1985-04", "-", "1985-04-30 23:59:59", "until Apr 1985"),
    ("../1985", "-", "1985-12-31 23:59:59", "until 1985"),
    ("1985-04-12/", "1985-04-12 00:00:00", "-", "from 12 Apr 1985, end unknown"),
    ("1985-04/", "1985-04-01 00:00:00", "-", "from Apr 1985, end unknown"),
    ("1985/", "1985-01-01 00:00:00", "-", "from 1985, end unknown"),
    ("/1985-04-12", "-", "1985-04-12 23:59:59", "start unknown, until 12 Apr 1985"),
    ("/1985-04", "-", "1985-04-30 23:59:59", "start unknown, until Apr 1985"),
    ("/1985", "-", "1985-12-31 23:59:59", "start unknown, until 1985"),
    ("1984~/2004-06", "1984-01-01 00:00:00", "2004-06-30 23:59:59", "around 1984 to Jun 2004"),
    ("1984/2004-06~", "1984-01-01 00:00:00", "2004-06-30 23:59:59", "1984 to around Jun 2004"),
    ("1984?/2004%", "1984-01-01 00:00:00", "2004-12-31 23:59:59", "perhaps 1984 to perhaps around 2004"),
    ("1984~/2004?", "1984-01-01 00:00:00", "2004-12-31 23:59:59", "around 1984 to perhaps 2004"),
    (
        "1984-06?/2004-08?",
        "1984-06-01 00:00:00",
        "2004-08-31 23:59:59",
        "perhaps Jun 1984 to perhaps Aug 2004",
    ),
    (
        "1984-06-02?/2004-08-08~",
        "1984-06-02 00:00:00",
        "2004-08-08 23:59:59",
        "perhaps 2 Jun 1984 to around 8 Aug 2004",
    ),
    ("1984-06-02?/", "1984-06-02 00:00:00", "-", "from perhaps 2 Jun 1984, end unknown"),
    (
        "2004-06~/2004-06-11%",
        "2004-06-01 00:00:00",
        "2004-06-11 23:59:59",
        "around Jun 2004 to perhaps around 11 Jun 2004",
    ),
    (
        "2004-06-11%/2004-06~",
        "2004-06-11 00:00:00",
        "2004-06-30 23:59:59",
        "perhaps around 11 Jun 2004 to around Jun 2004",
    ),
    ("1984-21/1984-23", "1984-03-01 00:00:00", "1984-11-30 23:59:59", "spring 1984 to autumn 1984"),
    // Level 2: sets, the only part of it that is taken.
    (
        "[1667,1668,1670..1672]",
        "1667-01-01 00:00:00",
        "1672-12-31 23:59:59",
        "1667 or 1668 or any of 1670 to 1672",
    ),
    ("[..1760-12-03]", "-", "1760-12-03 23:59:59", "3 Dec 1760 or earlier"),
    ("[1760-12..]", "1760-12-01 00:00:00", "-", "Dec 1760 or later"),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01 00:00:00", "-", "Jan 1760 or Feb 1760 or Dec 1760 or later"),
    ("[1667,1760-12]", "1667-01-01 00:00:00", "1760-12-31 23:59:59", "1667 or Dec 1760"),
    (
        "{1667,1668,1670..1672}",
        "1667-01-01 00:00:00",
        "1672-12-31 23:59:59",
        "1667 and 1668 and any of 1670 to 1672",
    ),
    ("[..1984]", "-", "1984-12-31 23:59:59", "1984 or earlier"),
    ("{..1984}", "-", "1984-12-31 23:59:59", "1984 or earlier"),
    ("{1960,1961-12}", "1960-01-01 00:00:00", "1961-12-31 23:59:59", "1960 and Dec 1961"),
    (
        "{..1983-12-31,1984-10-10,1984-11-01..}",
        "-",
        "-",
        "31 Dec 1983 or earlier and 10 Oct 1984 and 1 Nov 1984 or later",
    ),
];

/// What must be said of a time that is refused.
type Cause = fn(&TimeError) -> bool;

/// Examples that are EDTF, and that dateline refuses: why.
const REFUSED: &[(&str, Cause)] = &[
    // Level 1 years beyond four digits, negative years.
    ("Y170000002", |error| *error == TimeError::YearOutOfRange),
    ("Y-170000002", |error| *error == TimeError::YearOutOfRange),
    ("-1985", |error| *error == TimeError::YearOutOfRange),
    ("-1985/2004", |error| *error == TimeError::YearOutOfRange),
    // No years of fewer than five digits take the letter.
    ("Y-2", |error| matches!(error, TimeError::NotEdtf { .. })),
    // Level 0 readings that lack what the level asks for, or have more.
    ("1985-04-12T23:20:30-0400", |error| *error == TimeError::NotTimeOfDay),
    ("1985-04-12T24:00:00", |error| *error == TimeError::NotTimeOfDay),
    ("1985-04-12T23:20:30.5", |error| *error == TimeError::NotTimeOfDay),
    ("1985-04T23:20:30", |error| *error == TimeError::NotTimeOfDay),
    // Level 2: exponents, significant digits, sub-year groupings.
    ("Y-17E7", |error| *error == TimeError::LevelTwo),
    ("1950S2", |error| *error == TimeError::LevelTwo),
    ("Y171010000S3", |error| *error == TimeError::LevelTwo),
    ("Y3388E2S3", |error| *error == TimeError::LevelTwo),
    ("2001-34", |error| *error == TimeError::LevelTwo),
    // Level 2: qualification of parts.
    ("2004-06~-11", |error| *error == TimeError::LevelTwo),
    ("2004?-06-11", |error| *error == TimeError::LevelTwo),
    ("?2004-06-~11", |error| *error == TimeError::LevelTwo),
    ("2011-%06-13", |error| *error == TimeError::LevelTwo),
    // Level 2: unspecified digits anywhere.
    ("156X-12-25", |error| *error == TimeError::LevelTwo),
    ("15XX-12-25", |error| *error == TimeError::LevelTwo),
    ("XXXX-12-XX", |error| *error == TimeError::LevelTwo),
    ("1XXX-XX", |error| *error == TimeError::LevelTwo),
    ("1XXX-12", |error| *error == TimeError::LevelTwo),
    ("1984-1X", |error| *error == TimeError::LevelTwo),
    // Level 2: intervals.
    ("2004-06-~01/2004-06-~20", |error| *error == TimeError::LevelTwo),
    ("2004-06-XX/2004-07-03", |error| *error == TimeError::LevelTwo),
    // Not EDTF at all.
    ("1985-02-30", |error| matches!(error, TimeError::NotEdtf { .. })),
    ("1985-13", |error| matches!(error, TimeError::NotEdtf { .. })),
    ("2008/1964", |error| matches!(error, TimeError::NotEdtf { .. } | TimeError::Backwards)),
];

#[test]
fn the_examples_of_the_specification_are_taken_with_their_bounds_and_readings() {
    for (written, earliest, latest, reading) in TAKEN {
        let when = When::parse(written, chrono_tz::UTC).unwrap_or_else(|error| panic!("{written}: {error}"));
        let show = |moment: Option<super::Moment>| {
            moment.map_or("-".to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S").to_string())
        };
        assert_eq!(show(when.bounds().earliest), *earliest, "{written}");
        assert_eq!(show(when.bounds().latest), *latest, "{written}");
        assert_eq!(when.reading(), *reading, "{written}");
    }
}

#[test]
fn what_is_beyond_the_format_is_refused_with_its_cause() {
    for (written, cause) in REFUSED {
        let error = When::parse(written, chrono_tz::UTC).expect_err(written);
        assert!(cause(&error), "{written}: {error:?}");
    }
}
