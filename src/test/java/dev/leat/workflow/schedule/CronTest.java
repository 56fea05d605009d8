package dev.leat.workflow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be read as cron; `CronScheduleTest` has what it means.
class CronTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "*/5 * * * *",
                "0 2 * * MON-FRI",
                "0 2 * * mon,wed",
                "0 0 1 JAN *",
                "0 0 L * *",
                "0 0 LW * ?",
                "0 0 15W * ?",
                "0 0 ? * 5#2",
                "0 0 ? * FRIL",
                "0 0 29 2 *",
                "0 0 31 2,3 *",
                "0 0 31 2 MON",
                "0 0 * * 7",
                "30 0 0 * * *",
                "0-30/5 1,2,3 10/2 * *",
                "@daily",
                "@hourly"
            })
    void cron_as_people_write_it_is_read(String cron) throws CronException {
        assertThat(Cron.parse(cron).neverFires()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "60 * * * *;0",
                "0 24 * * *;2",
                "0 0 0 * *;4",
                "0 0 * 13 *;6",
                "0 0 * * 8;8",
                "0 0 * * MOO;8",
                "5-1 * * * *;0",
                "*/x * * * *;0",
                "1,,2 * * * *;0",
                "1-2-3 * * * *;0",
                "* * * *;0",
                "* * * * * * *;0",
                "'';0",
                "@sometimes;0",
                "0 0 * * MOOL;8",
                "0 0 * * 77L;8",
                "0 0 * * FRI#6;8",
                "0 0 1,? * *;4",
                "0 0 32W * *;4",
                "0 0-20-5/5 * * *;2",
                "20-10/5 * * * *;0"
            })
    void anything_else_is_refused_at_its_field(String cron, int offset) {
        assertThatThrownBy(() -> Cron.parse(cron))
                .isInstanceOfSatisfying(
                        CronException.class, fault -> assertThat(fault.offset()).isEqualTo(offset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 4 *", "0 0 30,31 FEB *"})
    void a_day_that_no_such_month_has_is_named(String cron) throws CronException {
        assertThat(Cron.parse(cron).neverFires().orElseThrow())
                .matches("This never fires: no such month has a day 3[01]\\.");
    }
}
