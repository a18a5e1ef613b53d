"""Words that are given names of many people in Vietnam, folded: one of them is no slip for another. Data."""

_WORDS = """
ai an anh au ba bac bach bao be bi bich binh ca cam can canh cao cau chan chau che chi chien chinh
cho chu chuc chung chuong chuyen co con cu cuc cuong da dai dam dan dang danh dao dat de den di dich
diem dien diep dieu dinh do doan doanh don dong du duc dung duong duy duyen gam gia giang giap giau
gioi ha hac hai ham han hang hanh hao hau hien hiep hieu ho hoa hoach hoai hoan hoang hoc hoi hong
hop hue hung huong huu huy huyen huynh khai kham khang khanh khiem khoa khoi khue khuong khuyen kien
kieu kim ky la lac lai lam lan lang lanh le lien lieu linh lo loan loc loi long luan luc luong luu
luyen ly mai man manh mau may men mi minh mo mong my na nam nga ngan nghi nghia ngo ngoan ngoc
nguyen nguyet nha nham nhan nhat nhi nhien nho nhu nhung nhuan ninh nu oanh phan phat phi phong phu
phuc phung phuoc phuong quan quang que quoc quy quyen quyet quynh sa sam sang sau sen sinh so son
song sung suong sy ta tai tam tan tao tau thach thai tham thang thanh thao the thi thien thiet thinh
tho thoa thoai thom thong thu thuan thuc thuong thuy tien tiep tieu tin tinh to toan trai tram trang
tri trieu trinh trong truc trung truong tu tuan tue tung tuoi tuong tuy tuyen tuyet uyen van vang vi
vien viet vinh vu vui vuong vy xa xoan xuan xuyen y yen
"""
GIVEN_NAMES = frozenset(_WORDS.split())
