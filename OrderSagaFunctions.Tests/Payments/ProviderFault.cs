namespace OrderSagaFunctions.Tests.Payments;

/// <summary>How a payment provider misbehaves at one call.</summary>
public enum ProviderFault
{
    /// <summary>It answers 500 and has done nothing.</summary>
    FailBeforeActing,

    /// <summary>It answers 500 and has done what it was asked.</summary>
    FailAfterActing,

    /// <summary>The connection is cut before it acts.</summary>
    CutBeforeActing,

    /// <summary>The connection is cut after it has acted.</summary>
    CutAfterActing,

    /// <summary>The call reaches it twice.</summary>
    Duplicate,

    /// <summary>It acts only when the test lets it, long after the caller has given up.</summary>
    ActLate,

    /// <summary>It refuses, with a code and with prose that names a card.</summary>
    Refuse,

    /// <summary>It answers 402 as a proxy does that knows nothing of codes.</summary>
    AnswerInProse,

    /// <summary>It answers 200 with an outcome that is a number, and has done nothing.</summary>
    AnswerByNumber,
}
