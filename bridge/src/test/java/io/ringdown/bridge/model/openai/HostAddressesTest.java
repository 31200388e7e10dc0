package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
    private InetAddress[] answer;

    @Test
    void shouldTakeTheAddressesInTurn() throws Exception {
        answer = addresses("192.0.2.1", "192.0.2.2");
        try (HostAddresses addresses = HostAddresses.lookUp("model.test", this::answer)) {
            assertThat(addresses.next()).isEqualTo(answer[0]);
            assertThat(addresses.next()).isEqualTo(answer[1]);
            assertThat(addresses.next()).isEqualTo(answer[0]);
        }
    }

    @Test
    void shouldStayWithTheFamilyOfTheFirst() throws Exception {
        answer = addresses("192.0.2.1", "2001:db8::1", "192.0.2.2");
        try (HostAddresses addresses = HostAddresses.lookUp("model.test", this::answer)) {
            addresses.next();
            assertThat(addresses.next()).isEqualTo(answer[2]);
        }
    }

    @Test
    void shouldFollowTheHostToNewAddresses() throws Exception {
        answer = addresses("192.0.2.1");
        try (HostAddresses addresses = HostAddresses.lookUp("model.test", this::answer)) {
            answer = addresses("192.0.2.9");
            addresses.refresh();

            assertThat(addresses.next()).isEqualTo(answer[0]);
        }
    }

    @Test
    void shouldKeepTheLastGoodAnswer() throws Exception {
        answer = addresses("192.0.2.1");
        InetAddress good = answer[0];
        try (HostAddresses addresses = HostAddresses.lookUp("model.test", this::answer)) {
            answer = null;
            addresses.refresh();
            answer = new InetAddress[0];
            addresses.refresh();

            assertThat(addresses.next()).isEqualTo(good);
        }
    }

    @Test
    void shouldNameTheHostThatHasNoAddress() {
        assertThatThrownBy(() -> HostAddresses.lookUp("model.test", this::answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.test");
    }

    private InetAddress[] answer(String host) throws UnknownHostException {
        if (answer == null) {
            throw new UnknownHostException(host);
        }
        return answer;
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
