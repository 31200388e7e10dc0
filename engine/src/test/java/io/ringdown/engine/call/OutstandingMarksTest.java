package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutstandingMarksTest {
    private final OutstandingMarks marks = new OutstandingMarks();

    @Test
    void shouldAnswerAMarkAndAllBeforeIt() {
        marks.add(5, 100);
        marks.add(3, 200); // an end mark overtaken by a sparse one
        marks.add(6, 300);
        assertThat(marks.answeredBy(3)).isEqualTo(2);
        assertThat(marks.remove(2)).isEqualTo(200);
        assertThat(marks.answeredBy(5)).isZero();
        assertThat(marks.answeredBy(6)).isEqualTo(1);
    }

    @Test
    void shouldGrowUpToItsLimitAndStayInOrder() {
        int number = 0;
        for (int i = 0; i < 10; i++) { // so that the ring is not aligned when it grows
            marks.add(++number, number);
            marks.remove(1);
        }
        int first = number + 1;
        while (!marks.isFull()) {
            marks.add(++number, number);
        }
        assertThat(number - first + 1).isEqualTo(OutstandingMarks.LIMIT);
        assertThat(marks.answeredBy(first)).isEqualTo(1);
        assertThat(marks.answeredBy(number)).isEqualTo(OutstandingMarks.LIMIT);
        for (int next = first; next <= number; next++) {
            assertThat(marks.isEmpty()).isFalse();
            assertThat(marks.answeredBy(next)).isEqualTo(1);
            assertThat(marks.remove(1)).isEqualTo(next);
        }
        assertThat(marks.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        marks.add(1, 100);
        marks.clear();
        assertThat(marks.isEmpty()).isTrue();
        assertThat(marks.answeredBy(1)).isZero();
    }
}
