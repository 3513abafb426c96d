package org.maplebridge.dispatch.mediation.telephone;

import java.util.Optional;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;

/// Who may be called to a table, and by whom.
///
/// Pure.
public final class TelephoneRules {
    private TelephoneRules() {}

    /// @return what stands against it
    public static Optional<Bar> barToDial(Mediation mediation, PersonId by, PersonId whom) {
        Optional<Bar> bar = barToLead(mediation, by);
        if (bar.isPresent()) {
            return bar;
        }
        Optional<Person> person = mediation.person(whom);
        if (person.isEmpty()) {
            return Optional.of(Bar.NO_SUCH_PERSON);
        }
        return person.get().phone() == null ? Optional.of(Bar.NO_NUMBER) : Optional.empty();
    }

    /// @return what stands against hanging up and muting
    public static Optional<Bar> barToLead(Mediation mediation, PersonId by) {
        if (mediation.isOver()) {
            return Optional.of(Bar.MEDIATION_OVER);
        }
        boolean leads = mediation.person(by).filter(one -> one.role().leads()).isPresent();
        return leads ? Optional.empty() : Optional.of(Bar.MEDIATOR_ONLY);
    }
}
