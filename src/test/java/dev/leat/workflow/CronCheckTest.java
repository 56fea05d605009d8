package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronCheckTest {

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
    void cron_as_people_write_it_is_read(String cron) {
        assertThat(CronCheck.check(cron)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "60 * * * *;0;BAD_CRON",
                "0 24 * * *;2;BAD_CRON",
                "0 0 0 * *;4;BAD_CRON",
                "0 0 * 13 *;6;BAD_CRON",
                "0 0 * * 8;8;BAD_CRON",
                "0 0 * * MOO;8;BAD_CRON",
                "5-1 * * * *;0;BAD_CRON",
                "*/x * * * *;0;BAD_CRON",
                "1,,2 * * * *;0;BAD_CRON",
                "1-2-3 * * * *;0;BAD_CRON",
                "* * * *;0;BAD_CRON",
                "* * * * * * *;0;BAD_CRON",
                "'';0;BAD_CRON",
                "@sometimes;0;BAD_CRON",
                "0 0 31 4 *;0;CRON_NEVER_FIRES",
                "0 0 30,31 FEB *;0;CRON_NEVER_FIRES"
            })
    void anything_else_is_refused_at_its_field(String cron, int offset, ProblemCode code) {
        assertThat(CronCheck.check(cron))
                .hasValueSatisfying(
                        fault -> {
                            assertThat(fault.code()).isEqualTo(code);
                            assertThat(fault.offset()).isEqualTo(offset);
                        });
    }
}
