namespace MappaFlows.Core.Cases;

/// <summary>Whether the person may give a command in this case at all; the decision may still refuse it.</summary>
public delegate bool Permission(Person person, CaseState state);

/// <inheritdoc cref="Permission"/>
public delegate bool Permission<in TCommand>(Person person, CaseState state, TCommand command);

/// <summary>What becomes of a refusal: it may keep a record, and may say less to someone who must not know.</summary>
public delegate Decision.Refused WhenRefused<in TCommand>(CaseState state, TCommand command, CaseContext context, Decision.Refused refused);

/// <summary>What follows when an obligation's time is over.</summary>
public delegate IEnumerable<CaseEvent> Expire(CaseState state, Obligation obligation, CaseContext context);

/// <summary>What a reader of this scope sees of a part; null for nothing.</summary>
public delegate TPart? Narrow<TPart>(TPart part, CaseState whole, Person reader, CaseScope scope)
    where TPart : class;
