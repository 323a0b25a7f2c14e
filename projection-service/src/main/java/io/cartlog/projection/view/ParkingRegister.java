package io.cartlog.projection.view;

import java.util.List;
import java.util.Set;

/// Where it stands which accounts are parked, and what was decided about that. While the store is
/// away, everything here waits.
public interface ParkingRegister {

    /// Of all versions.
    Set<Parked> parked() throws InterruptedException;

    /// In the order of their places.
    List<Skip> skips() throws InterruptedException;

    /// Parks an account in a version, wherever it was parked before.
    void park(Parked parked) throws InterruptedException;

    /// @return false if the account is not parked as it was before
    boolean replace(Parked before, Parked after) throws InterruptedException;

    /// The account goes on.
    ///
    /// @return false if it is parked otherwise by now
    boolean release(Parked parked) throws InterruptedException;

    /// Keeps a decision, for ever.
    void skip(Skip skip) throws InterruptedException;
}
