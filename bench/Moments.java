import java.sql.SQLException;

/// When things happened in runs, as the database has it, in microseconds. Asked of the database
/// itself, so that asking costs the server nothing.
final class Moments {

    private final Site site;

    Moments(Site site) {
        this.site = site;
    }

    /// The moment of each transition of the run that the condition holds for, earliest first.
    double[] of(String run, String condition) throws SQLException {
        try (var connection = site.connect()) {
            return Sql.numbers(
                    connection,
                    "select at from transition where run = %d and %s order by at"
                            .formatted(id(run), condition));
        }
    }

    /// The number behind the 13 letters and digits that people see.
    static long id(String text) {
        long id = 0;
        for (var letter : text.toCharArray()) {
            id = id << 5 | "0123456789abcdefghjkmnpqrstvwxyz".indexOf(letter);
        }
        return id;
    }
}
