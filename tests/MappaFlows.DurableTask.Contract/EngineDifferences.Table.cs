using static MappaFlows.DurableTask.Contract.Engines;

namespace MappaFlows.DurableTask.Contract;

public static partial class EngineDifferences
{
    private static readonly string[] Microsofts = [InProcessTestHost, AzureStorage];

    /// <summary>What an engine cannot do for a test. Every test that needs it is skipped with the sentence.</summary>
    public static IReadOnlyList<(EngineCapabilities Capability, string Engine, string Sentence)> Lacking { get; } =
    [
        (EngineCapabilities.VirtualTime, InProcessTestHost, "Its time is real, so tests of more than seconds are skipped."),
        (EngineCapabilities.VirtualTime, AzureStorage, "Its time is real, so tests of more than seconds are skipped."),
        (EngineCapabilities.Restart, InProcessTestHost, "It keeps all in memory, so tests of a restart are skipped."),
        (EngineCapabilities.ManyInstances, InProcessTestHost, "It ends about one instance a second when several run at once, so tests of many are skipped."),
        (EngineCapabilities.ManyInstances, AzureStorage, "It takes too long over many instances in the storage emulator, so tests of many are skipped."),
    ];

    /// <summary>The tests that an engine does not pass.</summary>
    public static IReadOnlyList<EngineDifference> All { get; } =
    [
        .. On(Microsofts, "It does not notice, and the instance waits for ever or is replayed wrongly.", nameof(DurableTaskContract.Awaiting_a_foreign_task_fails_the_instance)),
        .. On(Microsofts, "It accepts such an id; the Functions host refuses it.", nameof(DurableTaskContract.An_id_that_begins_with_an_at_sign_is_refused)),
        .. On(Microsofts, "It takes inputs and results of any size.",
            nameof(DurableTaskContract.A_start_with_too_large_an_input_is_refused),
            nameof(DurableTaskContract.Too_large_a_result_fails_the_call_and_not_the_engine)),
        .. On(Microsofts, "The server of the test host drops the time of a start and starts at once.",
            nameof(DurableTaskContract.An_instance_that_is_to_start_later_waits_and_keeps_the_events_that_come_before)),
        .. On(Microsofts, "It replaces the running instance; the Functions host refuses the start.",
            nameof(DurableTaskContract.A_start_over_a_running_instance_is_refused_without_dedupe_statuses)),
        .. On(Microsofts, "The server of the test host does not implement the list of ids.",
            nameof(DurableTaskContract.The_ids_of_ended_instances_are_listed_page_by_page),
            nameof(DurableTaskContract.The_ids_of_ended_instances_are_filtered_by_status_and_time)),
        .. On(Microsofts, "The server of the test host answers an empty history to each client.",
            nameof(DurableTaskContract.The_history_tells_what_happened_in_order),
            nameof(DurableTaskContract.The_history_tells_timers_sub_orchestrations_and_failures),
            nameof(DurableTaskContract.The_history_of_a_missing_instance_is_refused)),
        .. On(Microsofts, "The server of the test host ignores the option and terminates the one instance.",
            nameof(DurableTaskContract.A_recursive_terminate_ends_sub_orchestrations)),
        .. On(Microsofts, "The server of the test host ignores the option and purges the one instance.",
            nameof(DurableTaskContract.A_recursive_purge_removes_sub_orchestrations)),
        .. On(Microsofts, "The server of the test host throws an RpcException when the filter says no earliest time.",
            nameof(DurableTaskContract.Purging_all_without_a_filter_removes_ended_instances)),
        .. On(Microsofts, "It loses a suspension that comes in the turn of a ContinueAsNew, and the instance runs on.",
            nameof(DurableTaskContract.Suspend_in_the_turn_of_ContinueAsNew_is_kept),
            nameof(DurableTaskContract.An_instance_suspended_in_the_turn_of_ContinueAsNew_goes_on_when_resumed),
            nameof(DurableTaskContract.Suspending_a_loop_of_activities_is_not_lost)),
        .. On(Microsofts, "Its worker cannot report the failure, and the instance waits for ever.",
            nameof(DurableTaskContract.An_activity_whose_exception_cannot_be_read_fails_and_others_run_on)),
        .. On(Microsofts, "The server of the test host restarts the instance without its tags.", nameof(DurableTaskContract.Restart_keeps_the_tags)),
        .. On(Microsofts, "The server of the test host loses the events that the run before did not read; the Functions host keeps them.",
            nameof(DurableTaskContract.ContinueAsNew_carries_unread_events_over_in_order)),
        .. On(Microsofts, "It purges running instances too.", nameof(DurableTaskContract.Purging_all_by_time_leaves_later_and_live_instances)),
        .. On([AzureStorage], "It accepts several starts that come at the same moment.", nameof(DurableTaskContract.Of_many_starts_of_one_id_at_once_one_wins)),
        .. On([InProcessTestHost], "It throws an RpcException of the status Internal.", nameof(DurableTaskContract.Restart_of_a_running_instance_throws_InvalidOperationException)),
        .. On([AzureStorage], "It replaces the running instance; the Functions host refuses to.",
            nameof(DurableTaskContract.Restart_of_a_running_instance_throws_InvalidOperationException),
            nameof(DurableTaskContract.Restart_of_a_running_instance_leaves_it_running)),
        .. On([AzureStorage], "It escapes each slash, and then the id is too long for it.", nameof(DurableTaskContract.An_id_may_be_257_slashes)),
        .. On([AzureStorage], "It cannot read again the tags that the server of the test host hands it, and the parent waits for ever.",
            nameof(DurableTaskContract.A_sub_orchestration_has_the_tags_of_its_options)),
        .. On([AzureStorage], "After restarts in quick succession an instance was seen to wait longer than the test does.",
            nameof(DurableTaskContract.An_early_event_survives_a_crash),
            nameof(DurableTaskContract.ContinueAsNew_goes_on_after_a_crash_in_any_of_its_runs),
            nameof(DurableTaskContract.Everything_that_waits_survives_crash_after_crash)),
        .. On([AzureStorage], "Its timers are accurate to a second, and may fire early by less than one.",
            nameof(DurableTaskContract.A_timer_fires_at_its_time_and_not_before_however_far_off),
            nameof(DurableTaskContract.Time_does_not_stand_still_between_steps),
            nameof(DurableTaskContract.A_retry_policy_repeats_with_growing_delays_until_success),
            nameof(DurableTaskContract.An_infinite_maximum_retry_interval_lets_the_delay_grow)),
        .. On([InProcessTestHost], "It ignores letter case in ids, so that the two are one instance.", nameof(DurableTaskContract.Ids_differ_by_letter_case)),
        .. On([InProcessTestHost], "It leaves the instance as it is and answers that it purged none.", nameof(DurableTaskContract.Purging_a_running_instance_throws_InvalidOperationException)),
        .. On([AzureStorage], "It purges the running instance; the Functions host refuses to.",
            nameof(DurableTaskContract.Purging_a_running_instance_throws_InvalidOperationException),
            nameof(DurableTaskContract.Purging_a_running_instance_leaves_it)),
        .. On([AzureStorage], "It stores no failure details of an instance.",
            nameof(DurableTaskContract.A_failed_instance_shows_its_failure),
            nameof(DurableTaskContract.An_instance_of_an_unknown_orchestrator_shows_that_it_was_not_found)),
    ];

    private static IEnumerable<EngineDifference> On(string[] engines, string sentence, params string[] tests) =>
        from test in tests from engine in engines select new EngineDifference(test, engine, sentence);
}
