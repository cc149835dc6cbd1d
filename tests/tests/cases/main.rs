//! The numbered cases that real lending systems learned the hard way, as stories on real replicas.
//!
//! Each case is one or more tests whose names begin with its number; [`CASES`] is the list of all of
//! them, and `every_case_is_told` makes sure that none is missing. How a story is told is in
//! `noaber_tests::Story`. The sections: `overlap` and `handing`, `time` and `zones`,
//! `fair_use`, `people`, `money`.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod fair_use;
mod handing;
mod money;
mod overlap;
mod people;
mod time;
mod zones;

use noaber_tests::Story;

struct Case {
    number: usize,
    title: &'static str,
    tests: &'static [(&'static str, fn())],
}

/// Numbers, titles, and the tests of each.
macro_rules! cases {
    ($($number:literal $title:literal: $($test:path),+;)+) => {
        const CASES: &[Case] = &[$(Case {
            number: $number,
            title: $title,
            tests: &[$((stringify!($test), $test as fn())),+],
        }),+];
    };
}

cases! {
    1 "Two people ask for one slot: one gets it, the other sees why and what is free next":
        overlap::case_01_one_of_two_who_ask_gets_it,
        overlap::case_01_a_late_request_finds_it_taken;
    2 "Bookings that only touch do not overlap":
        overlap::case_02_one_ends_when_the_other_begins;
    3 "A booking over several days blocks the days in its middle":
        overlap::case_03_the_middle_days_are_taken;
    4 "Of five chairs, three and two can be lent, three and three cannot":
        overlap::case_04_three_and_two_fit_but_three_and_three_do_not,
        overlap::case_04_fewer_chairs_than_were_promised_is_a_clash;
    5 "A booking of three hours takes exactly three hourly slots":
        overlap::case_05_three_hours_are_three_slots;
    6 "A booking of one day blocks whatever contains it":
        overlap::case_06_a_day_blocks_the_week_around_it;
    7 "Asking again for what one has changes nothing":
        overlap::case_07_asking_again_changes_nothing,
        overlap::case_07_asking_again_for_a_series_asks_for_what_is_new;
    8 "Not fetched is free again, not brought back is not":
        handing::case_08_what_was_not_fetched_is_free_after_its_end,
        handing::case_08_what_is_late_stays_away_and_the_next_is_warned,
        handing::case_08_what_was_fetched_early_is_away_at_once;
    9 "Early return frees the rest; keeping longer is asked, and the first due time stays on record":
        handing::case_09_early_return_frees_the_rest,
        handing::case_09_keeping_it_over_the_next_booking_is_refused,
        handing::case_09_the_owner_is_asked_and_the_first_end_stays_on_record,
        handing::case_09_asking_twice_to_keep_it_is_one_question,
        handing::case_09_a_clock_that_is_wrong_does_not_hide_the_answer;
    10 "What goes to repair is unavailable, and its coming bookings are listed":
        handing::case_10_repair_takes_it_away_and_lists_what_was_booked,
        handing::case_10_its_owner_may_try_it_out,
        handing::case_10_who_waits_for_it_waits_until_it_is_mended,
        handing::case_10_what_is_found_broken_after_its_return_is_told;
    11 "Several pieces are fetched and brought back one by one":
        handing::case_11_pieces_come_and_go_one_by_one;
    12 "A request that nobody answered expires with its start":
        overlap::case_12_nobody_answered_in_time,
        overlap::case_12_a_request_that_arrives_too_late_is_not_answered;
    13 "What is free is checked again in the step that confirms":
        overlap::case_13_the_promise_itself_checks_again,
        overlap::case_13_a_power_cut_in_between_promises_nothing_twice;
    14 "Two devices without a connection ask for one car; later exactly one has it":
        overlap::case_14_two_devices_offline_ask_for_one_car,
        overlap::case_14_in_whatever_order_the_news_travels;
    15 "Every Tuesday at three stays at three when clocks change":
        zones::case_15_a_weekly_booking_keeps_its_time_of_day,
        zones::case_15_a_time_that_the_clock_skips_moves_on_that_day_only,
        zones::case_15_a_day_that_does_not_exist_is_left_out;
    16 "A night in which clocks change is counted and billed with its real hours":
        zones::case_16_a_night_of_change_is_billed_by_real_hours,
        zones::case_16_quotas_and_longest_times_count_real_hours;
    17 "Screen, message and calendar file mean the same instant":
        zones::case_17_every_reader_is_told_the_same_instant;
    18 "An end before the start, an end at the start and a start in the past are three mistakes":
        time::case_18_three_mistakes_have_three_answers;
    19 "Lead time, horizon, longest time and the gap between two bookings":
        time::case_19_neither_too_soon_nor_too_far_nor_too_long,
        time::case_19_a_gap_stays_between_two_bookings,
        time::case_19_a_keeper_that_slept_does_not_make_a_request_late;
    20 "Fetched and brought back in open time; closed days inside count as the owner says":
        zones::case_20_open_time_is_civil_time_also_when_clocks_change,
        time::case_20_closed_days_inside_a_booking_follow_the_rule;
    21 "A changed repeating rule keeps what people have booked":
        time::case_21_new_opening_times_keep_what_is_booked,
        time::case_21_a_changed_series_keeps_what_is_confirmed,
        time::case_21_a_series_that_is_half_answered_when_the_owner_stops;
    22 "Weekly and monthly shares with a chosen first day":
        fair_use::case_22_a_week_begins_when_the_owner_says,
        fair_use::case_22_months_that_begin_on_the_31st_begin_in_february_too;
    23 "So many days in any row of days":
        fair_use::case_23_any_two_weeks_hold_three_days;
    24 "Bookings end to start do not get around the longest time":
        fair_use::case_24_a_bridge_between_two_bookings_names_both,
        fair_use::case_24_two_devices_cannot_build_a_chain_either;
    25 "Called off before the start costs no share, half-way costs what was used":
        fair_use::case_25_only_used_days_cost_a_share;
    26 "Owner and privileged members are confirmed at once":
        fair_use::case_26_the_owner_and_the_privileged_come_first;
    27 "The first in line is offered what becomes free, for a limited time":
        fair_use::case_27_the_first_in_line_is_offered_it_and_then_the_second,
        fair_use::case_27_who_takes_it_in_time_keeps_it_until_the_owner_answers,
        fair_use::case_27_who_takes_it_too_late_does_not_push_out_the_second,
        fair_use::case_27_calling_off_while_it_is_held_passes_it_on,
        fair_use::case_27_who_asks_now_does_not_overtake_the_line,
        fair_use::case_27_nobody_waits_for_what_is_no_longer_lent,
        fair_use::case_27_nothing_is_held_for_somebody_who_left,
        fair_use::case_27_who_fits_into_what_became_free_is_offered_it;
    28 "A third member can neither move nor call off a booking":
        people::case_28_a_third_member_cannot_touch_it,
        people::case_28_not_even_by_writing_it_into_their_own_log;
    29 "What was called off leaves calendars, feeds and reminders":
        people::case_29_what_was_called_off_is_gone_everywhere;
    30 "Calling off twice is refused; the first stands":
        people::case_30_the_first_word_stands,
        people::case_30_of_two_who_call_it_off_offline_all_see_the_same_first;
    31 "What is past cannot be called off":
        people::case_31_the_past_stays,
        people::case_31_a_word_that_was_said_in_time_may_arrive_late;
    32 "Somebody who left can still have their return recorded":
        people::case_32_the_owner_records_the_return_of_somebody_who_left,
        people::case_32_what_belongs_to_somebody_who_left_can_be_brought_back,
        people::case_32_nothing_is_promised_to_somebody_who_left;
    33 "A reminder that fell due while the device was off is there when it is on":
        people::case_33_a_reminder_waits_for_its_device;
    34 "Shares add up to the whole, whatever the order":
        money::case_34_shares_add_up_to_the_cent;
    35 "A trip costs what was valid when it was driven":
        money::case_35_a_later_price_does_not_touch_it,
        money::case_35_both_sides_note_the_return_and_it_is_owed_once,
        money::case_35_a_wrong_bill_is_let_go_and_written_anew;
    36 "An odometer does not go back, and a gap is shown":
        money::case_36_twelve_kilometres_that_nobody_logged,
        money::case_36_a_reading_that_was_forgotten_is_not_made_up;
    37 "Who paid for fuel gets it back":
        money::case_37_fuel_is_owed_to_who_paid;
    38 "Settling up takes few payments and no cent too many":
        money::case_38_a_few_payments_make_everybody_even,
        money::case_38_a_payment_counts_once,
        money::case_38_what_was_let_go_stays_let_go;
    39 "Hours given and taken sum to nothing; below a limit one is warned":
        money::case_39_hours_are_zero_sum_and_nobody_is_stopped;
}

/// A story of the case with that number.
fn case(number: usize) -> Story {
    Story::new(&title(number))
}

fn title(number: usize) -> String {
    format!("Case {number}. {}.", CASES[number - 1].title)
}

#[test]
fn every_case_is_told() {
    assert_eq!(CASES.len(), 39, "the design has 39 cases");
    for (i, case) in CASES.iter().enumerate() {
        assert_eq!(case.number, i + 1, "{}", case.title);
        for (test, _) in case.tests {
            let name = test.rsplit("::").next().unwrap_or_default().trim();
            assert!(name.starts_with(&format!("case_{:02}_", case.number)), "{name}");
        }
    }
}
